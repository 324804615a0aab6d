/**
 * The inner loops of the backend on raw arrays. {@link dev.lossforge.runtime.cpu.internal.kernel.Kernels} has two
 * implementations, one with the Vector API and one in plain Java.
 * {@link dev.lossforge.runtime.cpu.internal.kernel.KernelSelection} selects one for the lifetime of the JVM.
 *
 * <p>A <em>lane</em> is one float of a vector. Rows that kernels read as vectors are padded with zeros to a multiple of
 * {@link dev.lossforge.runtime.cpu.internal.kernel.Kernels#lanes}, so no kernel needs a tail loop. A vector never
 * crosses a method boundary, because a call that is not inlined would put it on the heap.
 */
@NullMarked
package dev.lossforge.runtime.cpu.internal.kernel;

import org.jspecify.annotations.NullMarked;
