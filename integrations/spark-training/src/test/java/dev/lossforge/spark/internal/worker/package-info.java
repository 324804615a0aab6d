@NullMarked
package dev.lossforge.spark.internal.worker;

import org.jspecify.annotations.NullMarked;
