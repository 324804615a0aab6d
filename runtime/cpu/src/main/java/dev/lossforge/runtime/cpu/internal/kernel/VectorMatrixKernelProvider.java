package dev.lossforge.runtime.cpu.internal.kernel;

import dev.lossforge.runtime.cpu.internal.vector.VectorModule;
import dev.lossforge.runtime.internal.kernel.MatrixKernel;
import java.util.Optional;

/** Offers the Vector API's matrix products to a JVM that was started with its module. */
public final class VectorMatrixKernelProvider implements MatrixKernel.Provider {

    @Override
    public Optional<MatrixKernel> create() {
        return VectorModule.isPresent() ? Optional.of(new VectorMatrixKernel()) : Optional.empty();
    }
}
