/** Sample 6: digits of which some are a hundred times rarer than others. */
@NullMarked
package dev.lossforge.samples.s06_imbalanced;

import org.jspecify.annotations.NullMarked;
