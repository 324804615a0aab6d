/**
 * Trains models over many machines on Apache Spark 4: {@link dev.lossforge.spark.SparkTrainer}. Spark schedules,
 * places, feeds and restarts the workers. The workers exchange and sum their gradients directly.
 */
@NullMarked
package dev.lossforge.spark;

import org.jspecify.annotations.NullMarked;
