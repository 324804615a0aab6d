/** Sample 2: regression with outliers. */
@NullMarked
package dev.lossforge.samples.outliers;

import org.jspecify.annotations.NullMarked;
