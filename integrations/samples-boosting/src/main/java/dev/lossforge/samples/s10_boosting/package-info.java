/** Sample 10: trees boosted with custom losses. */
@NullMarked
package dev.lossforge.samples.s10_boosting;

import org.jspecify.annotations.NullMarked;
