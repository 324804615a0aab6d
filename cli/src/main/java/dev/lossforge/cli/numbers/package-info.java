/** Tensors as nested JSON arrays of numbers, in and out. */
@NullMarked
package dev.lossforge.cli.numbers;

import org.jspecify.annotations.NullMarked;
