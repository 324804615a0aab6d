/** Tests of sample 6: imbalanced digits. */
@NullMarked
package dev.lossforge.samples.imbalanced;

import org.jspecify.annotations.NullMarked;
