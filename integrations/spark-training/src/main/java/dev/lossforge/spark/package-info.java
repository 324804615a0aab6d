/**
 * Trains models over many machines on Apache Spark 4: {@link dev.lossforge.spark.SparkTrainer}. Spark schedules and
 * places the workers, feeds them and starts them again; they sum their gradients among themselves.
 */
@NullMarked
package dev.lossforge.spark;

import org.jspecify.annotations.NullMarked;
