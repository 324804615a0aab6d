/** Data-parallel training of the network of {@code ./lossforge train mnist} on Spark: {@code DigitsOnSpark}. */
@NullMarked
package dev.lossforge.samples.spark;

import org.jspecify.annotations.NullMarked;
