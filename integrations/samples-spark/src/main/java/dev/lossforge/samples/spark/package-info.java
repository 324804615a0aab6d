/** The network that {@code ./lossforge train mnist} trains, trained by many machines: {@code DigitsOnSpark}. */
@NullMarked
package dev.lossforge.samples.spark;

import org.jspecify.annotations.NullMarked;
