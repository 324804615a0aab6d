/** Conversion between tensors and nested JSON arrays of numbers. */
@NullMarked
package dev.lossforge.cli.numbers;

import org.jspecify.annotations.NullMarked;
