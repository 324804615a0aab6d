/**
 * Converts rows of Spark to samples of a model: the role of each column, packing a row, and each worker's share of the
 * rows.
 */
@NullMarked
package dev.lossforge.spark.internal.data;

import org.jspecify.annotations.NullMarked;
