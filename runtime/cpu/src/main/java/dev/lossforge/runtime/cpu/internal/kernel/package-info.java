/**
 * The inner loops of the backend on raw arrays: {@link dev.lossforge.runtime.cpu.internal.kernel.Kernels} and its two
 * implementations, one with the Vector API and one in plain Java, of which
 * {@link dev.lossforge.runtime.cpu.internal.kernel.KernelSelection} takes one for the life of the JVM.
 *
 * <p>A <em>lane</em> is one float of a vector. Rows that kernels read as vectors have lengths that are multiples of
 * {@link dev.lossforge.runtime.cpu.internal.kernel.Kernels#lanes}, filled with zeros, so that no kernel needs a tail. A
 * vector never crosses a method boundary: a call that is not inlined would put it on the heap.
 */
@NullMarked
package dev.lossforge.runtime.cpu.internal.kernel;

import org.jspecify.annotations.NullMarked;
