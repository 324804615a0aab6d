/** Tests of sample 7: the regularisation path. */
@NullMarked
package dev.lossforge.samples.path;

import org.jspecify.annotations.NullMarked;
