/** The training loop and the evaluation loop, and what they add up. */
@NullMarked
package dev.lossforge.runtime.internal.training;

import org.jspecify.annotations.NullMarked;
