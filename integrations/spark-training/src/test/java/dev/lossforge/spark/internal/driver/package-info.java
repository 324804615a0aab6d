@NullMarked
package dev.lossforge.spark.internal.driver;

import org.jspecify.annotations.NullMarked;
