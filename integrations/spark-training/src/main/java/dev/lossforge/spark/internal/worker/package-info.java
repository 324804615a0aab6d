/** What runs on the executors: a model whose steps are summed over the ring, trained by the runtime's own loop. */
@NullMarked
package dev.lossforge.spark.internal.worker;

import org.jspecify.annotations.NullMarked;
