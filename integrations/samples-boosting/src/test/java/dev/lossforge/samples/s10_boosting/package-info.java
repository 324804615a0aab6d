/** Tests of sample 10: trees boosted with losses of one's own. */
@NullMarked
package dev.lossforge.samples.s10_boosting;

import org.jspecify.annotations.NullMarked;
