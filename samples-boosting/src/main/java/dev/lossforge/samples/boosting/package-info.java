/** Sample 10: trees boosted with losses of one's own. */
@NullMarked
package dev.lossforge.samples.boosting;

import org.jspecify.annotations.NullMarked;
