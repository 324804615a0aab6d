/**
 * Loops: what a kernel does, in order, on scalars, with no regard to a device.
 *
 * <p>{@link dev.lossforge.processor.loop.Lowering} turns reductions into accumulators inside loops, evaluates shared
 * expressions once, moves what a loop does not change in front of it, and fuses loops over the same range where no
 * result of the one is needed to begin the other. The emitters choose what runs in parallel.
 */
@NullMarked
package dev.lossforge.processor.loop;

import org.jspecify.annotations.NullMarked;
