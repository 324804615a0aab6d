/**
 * The classes that generated kernels call: the {@linkplain dev.lossforge.runtime.internal.kernel.KernelFrame frame} of
 * arrays that a kernel reads and writes, functions of one value with their error bounds
 * ({@link dev.lossforge.runtime.internal.kernel.Scalars}), memory for the lanes of vector loops
 * ({@link dev.lossforge.runtime.internal.kernel.Block}), and threads
 * ({@link dev.lossforge.runtime.internal.kernel.Parallel}).
 *
 * <p><b>Binary contract.</b> A generated class calls this package, extends
 * {@link dev.lossforge.runtime.loss.FormulaLoss} or {@link dev.lossforge.runtime.loss.FormulaPenalty}, and describes
 * itself by a {@link dev.lossforge.runtime.loss.LossSignature}. All of these change together with the processor: a
 * generated class works only with the runtime of the same version as the processor that generated it. After an upgrade,
 * recompile the formulas. A build with the same version of processor and runtime, as with the BOM, does so
 * automatically. No other code should call this package: it is not covered by semantic versioning.
 *
 * <p>A generated class contains each kernel as scalar code. Its vector loops are in a separate class, which is loaded
 * only if {@link dev.lossforge.runtime.internal.kernel.VectorModule} finds the Vector API.
 */
@NullMarked
package dev.lossforge.runtime.internal.kernel;

import org.jspecify.annotations.NullMarked;
