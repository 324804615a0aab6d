/**
 * Loops: what a kernel does, in order, on scalars, with no regard to a device.
 *
 * <p>For the JVM, {@link dev.lossforge.processor.loop.Definitions} first gives tables to what several places need, or
 * one place again and again; for a device, {@link dev.lossforge.processor.loop.Tabulation} makes steps over tables.
 *
 * <p>{@link dev.lossforge.processor.loop.Lowering} turns reductions into accumulators inside loops, evaluates shared
 * expressions once, moves what a loop does not change in front of it, and fuses loops over the same range where no
 * result of the one is needed to begin the other. The emitters choose what runs in parallel.
 */
@NullMarked
package dev.lossforge.processor.loop;

import org.jspecify.annotations.NullMarked;
