/** Trains by two workers of one Spark. */
@NullMarked
package dev.lossforge.boosting.spark;

import org.jspecify.annotations.NullMarked;
