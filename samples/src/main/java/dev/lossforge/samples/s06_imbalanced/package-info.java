/** Sample 6: digits, some of which are a hundred times rarer than others. */
@NullMarked
package dev.lossforge.samples.s06_imbalanced;

import org.jspecify.annotations.NullMarked;
