package dev.lossforge.runtime.tornadovm.internal.kernel;

/**
 * The kernels of a loss over the batch: a sequence of steps, each over points that do not depend on each other. A step
 * stores results for later steps in tables.
 */
public non-sealed interface BatchKernels extends DeviceKernels {

    /**
     * Adds the tables and steps for batches up to a maximum number of rows.
     *
     * @param arguments the arrays of the loss
     */
    void plan(BatchPlan plan, DeviceArguments arguments);
}
