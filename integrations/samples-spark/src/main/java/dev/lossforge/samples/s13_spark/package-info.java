/** Sample 13: the network of {@code ./lossforge train mnist}, trained by two workers of Spark. */
@NullMarked
package dev.lossforge.samples.s13_spark;

import org.jspecify.annotations.NullMarked;
