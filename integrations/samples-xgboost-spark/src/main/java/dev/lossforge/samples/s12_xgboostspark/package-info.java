/** Sample 12: trees boosted on Spark with a custom loss. */
@NullMarked
package dev.lossforge.samples.s12_xgboostspark;

import org.jspecify.annotations.NullMarked;
