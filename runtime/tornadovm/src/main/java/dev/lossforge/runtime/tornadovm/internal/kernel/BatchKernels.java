package dev.lossforge.runtime.tornadovm.internal.kernel;

/**
 * The kernels of a loss over the batch: steps, one after the other, each for points that do not need each other. What a
 * step computes for later ones it leaves in tables.
 */
public non-sealed interface BatchKernels extends DeviceKernels {

    /**
     * Adds the tables and steps for batches of at most so many rows.
     *
     * @param arguments the arrays of the loss
     */
    void plan(BatchPlan plan, DeviceArguments arguments);
}
