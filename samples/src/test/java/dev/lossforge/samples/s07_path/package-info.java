/** Tests of sample 7: the regularisation path. */
@NullMarked
package dev.lossforge.samples.s07_path;

import org.jspecify.annotations.NullMarked;
