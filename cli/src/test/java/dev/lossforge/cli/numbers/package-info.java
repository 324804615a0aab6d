/** Tests of numbers in JSON. */
@NullMarked
package dev.lossforge.cli.numbers;

import org.jspecify.annotations.NullMarked;
