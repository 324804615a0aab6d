/** The training loop and the evaluation loop, and the sums that they collect. */
@NullMarked
package dev.lossforge.runtime.internal.training;

import org.jspecify.annotations.NullMarked;
