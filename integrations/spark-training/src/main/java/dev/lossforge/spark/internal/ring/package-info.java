/**
 * The ring of workers: each is connected to the next one, and sums of arrays go round. Knows nothing of Spark or of
 * models.
 */
@NullMarked
package dev.lossforge.spark.internal.ring;

import org.jspecify.annotations.NullMarked;
