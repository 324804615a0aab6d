/** Sample 5: several labels at once. */
@NullMarked
package dev.lossforge.samples.s05_multilabel;

import org.jspecify.annotations.NullMarked;
