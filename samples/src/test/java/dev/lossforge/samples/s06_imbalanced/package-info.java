/** Tests of sample 6: imbalanced digits. */
@NullMarked
package dev.lossforge.samples.s06_imbalanced;

import org.jspecify.annotations.NullMarked;
