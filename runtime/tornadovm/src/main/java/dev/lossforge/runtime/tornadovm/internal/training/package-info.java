/** What a training step does with the gradients, as tasks on a device: sums, checks, penalties and updates. */
@NullMarked
package dev.lossforge.runtime.tornadovm.internal.training;

import org.jspecify.annotations.NullMarked;
