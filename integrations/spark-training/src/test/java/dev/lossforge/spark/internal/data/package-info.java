@NullMarked
package dev.lossforge.spark.internal.data;

import org.jspecify.annotations.NullMarked;
