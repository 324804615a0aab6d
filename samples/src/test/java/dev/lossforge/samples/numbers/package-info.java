/** Tests of numbers in JSON. */
@NullMarked
package dev.lossforge.samples.numbers;

import org.jspecify.annotations.NullMarked;
