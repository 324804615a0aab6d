/** What runs on the driver: jobs of some steps each, one after another, and again where one failed. */
@NullMarked
package dev.lossforge.spark.internal.driver;

import org.jspecify.annotations.NullMarked;
