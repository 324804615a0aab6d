/** The tasks of a training step after the backward pass: sums of gradients, checks, penalties and updates. */
@NullMarked
package dev.lossforge.runtime.tornadovm.internal.training;

import org.jspecify.annotations.NullMarked;
