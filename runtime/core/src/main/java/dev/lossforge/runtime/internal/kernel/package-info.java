/**
 * What generated kernels call: the {@linkplain dev.lossforge.runtime.internal.kernel.KernelFrame frame} of arrays that
 * a kernel reads and writes, functions of one value ({@link dev.lossforge.runtime.internal.kernel.Scalars}) and
 * functions of a block of values ({@link dev.lossforge.runtime.internal.kernel.Blocks}), each with its error bound.
 *
 * <p><b>Binary contract.</b> A generated class calls this package, extends
 * {@link dev.lossforge.runtime.loss.FormulaLoss} or {@link dev.lossforge.runtime.loss.FormulaPenalty}, and describes
 * itself by a {@link dev.lossforge.runtime.loss.LossSignature}. All of these change together with the processor: a
 * generated class works with the runtime of the version whose processor generated it, and with no other. After an
 * upgrade, recompile the formulas; a build that takes processor and runtime in the same version, as the BOM does, does
 * so by itself. No other code should call this package: it is not covered by semantic versioning.
 *
 * <p>Generated code is plain Java over blocks of {@link dev.lossforge.runtime.internal.kernel.Blocks#SIZE} floats. The
 * generated class contains arithmetic that the JIT compiler vectorises by itself; everything else is a call of a block
 * function, whose core ({@link dev.lossforge.runtime.internal.kernel.BlockMath}) a backend can implement with the
 * Vector API. Both implementations give the same bits.
 */
@NullMarked
package dev.lossforge.runtime.internal.kernel;

import org.jspecify.annotations.NullMarked;
