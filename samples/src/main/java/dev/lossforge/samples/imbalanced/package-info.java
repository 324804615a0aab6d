/** Sample 6: digits of which some are a hundred times rarer than others. */
@NullMarked
package dev.lossforge.samples.imbalanced;

import org.jspecify.annotations.NullMarked;
