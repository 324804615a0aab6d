/** Tests of sample 13: digits on Spark. */
@NullMarked
package dev.lossforge.samples.s13_spark;

import org.jspecify.annotations.NullMarked;
