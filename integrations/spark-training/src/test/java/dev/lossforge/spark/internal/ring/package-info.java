@NullMarked
package dev.lossforge.spark.internal.ring;

import org.jspecify.annotations.NullMarked;
