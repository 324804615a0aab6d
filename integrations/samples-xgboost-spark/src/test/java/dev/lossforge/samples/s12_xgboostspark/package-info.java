/** Tests of sample 12: trees boosted on Spark. */
@NullMarked
package dev.lossforge.samples.s12_xgboostspark;

import org.jspecify.annotations.NullMarked;
