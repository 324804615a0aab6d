/** Tensors as nested JSON arrays of numbers, in and out. */
@NullMarked
package dev.lossforge.samples.numbers;

import org.jspecify.annotations.NullMarked;
