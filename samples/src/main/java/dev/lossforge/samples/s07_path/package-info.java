/** Sample 7: the weights of a regression over the strength of its regularizer. */
@NullMarked
package dev.lossforge.samples.s07_path;

import org.jspecify.annotations.NullMarked;
