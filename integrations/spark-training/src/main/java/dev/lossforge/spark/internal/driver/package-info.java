/** The driver's part of a training: it runs jobs of some steps each, one after another, and repeats failed ones. */
@NullMarked
package dev.lossforge.spark.internal.driver;

import org.jspecify.annotations.NullMarked;
