/** Generated losses as objectives of XGBoost4J-Spark. */
@NullMarked
package dev.lossforge.boosting.spark;

import org.jspecify.annotations.NullMarked;
