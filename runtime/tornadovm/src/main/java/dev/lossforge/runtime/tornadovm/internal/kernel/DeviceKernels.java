package dev.lossforge.runtime.tornadovm.internal.kernel;

import dev.lossforge.runtime.internal.kernel.KernelFrame;

/** The kernels of one loss for a device, generated together with the loss; stateless. */
public sealed interface DeviceKernels permits UnitKernels, BatchKernels {

    /**
     * Checks, on the host, the class indices of all units except those of weight 0. A device cannot report a wrong
     * index.
     *
     * @throws dev.lossforge.runtime.internal.kernel.IndexException if one lies outside its range
     */
    void requireIndices(KernelFrame frame, int from, int to);
}
