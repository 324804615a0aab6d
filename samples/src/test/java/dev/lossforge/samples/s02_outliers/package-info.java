/** Tests of sample 2: regression with outliers. */
@NullMarked
package dev.lossforge.samples.s02_outliers;

import org.jspecify.annotations.NullMarked;
