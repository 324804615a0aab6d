/** Rows of Spark as samples of a model: which column is what, how a row is packed, and a worker's share of all rows. */
@NullMarked
package dev.lossforge.spark.internal.data;

import org.jspecify.annotations.NullMarked;
