/**
 * Loops: the statements of a kernel in order, on scalars, independent of any device.
 *
 * <p>For the JVM, {@link dev.lossforge.processor.loop.Definitions} first gives tables to values that are needed in
 * several places or repeatedly. For a device, {@link dev.lossforge.processor.loop.Tabulation} creates steps over
 * tables.
 *
 * <p>{@link dev.lossforge.processor.loop.Lowering} turns reductions into accumulators inside loops, evaluates shared
 * expressions once, moves loop-invariant ones before the loop, and fuses loops over the same range unless one needs the
 * other's result. The emitters choose what runs in parallel.
 */
@NullMarked
package dev.lossforge.processor.loop;

import org.jspecify.annotations.NullMarked;
