/**
 * What generated kernels are made of: the frame of arrays that a kernel reads and writes, functions of one value
 * ({@link dev.lossforge.runtime.kernel.Scalars}) and functions of a block of values
 * ({@link dev.lossforge.runtime.kernel.Blocks}), each with its error bound.
 *
 * <p>Generated code is plain Java over blocks of {@link dev.lossforge.runtime.kernel.Blocks#SIZE} floats. Arithmetic
 * that the JIT compiler vectorises by itself stands in the generated class; everything else is a call of a block
 * function, whose core ({@link dev.lossforge.runtime.kernel.BlockMath}) a backend can implement with the Vector API.
 * Both implementations give the same bits.
 */
@NullMarked
package dev.lossforge.runtime.kernel;

import org.jspecify.annotations.NullMarked;
