package dev.lossforge.runtime.tornadovm.internal.network;

import dev.lossforge.runtime.internal.Window;
import dev.lossforge.runtime.tornadovm.internal.plan.Tasks;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Max pooling that is not part of a convolution. */
record Pooling(String name, Activations input, Activations output, IntArray winners, IntArray sizes, IntArray batch)
        implements DeviceLayer {

    static Pooling of(String name, Window window, Activations input, Activations output, IntArray batch) {
        IntArray winners = new IntArray(output.values().getSize());
        return new Pooling(name, input, output, winners, WindowSizes.array(window), batch);
    }

    @Override
    public void forward(Tasks tasks) {
        tasks.constant(sizes);
        tasks.overItems(
                name + ".forward",
                output.values().getSize(),
                (graph, task, c) -> graph.task(
                        task, PoolingKernels::forward, c, input.values(), output.values(), winners, sizes, batch));
    }

    @Override
    public void backward(Tasks tasks, boolean inputGradients) {
        if (inputGradients) {
            addGradient(tasks, name, output.gradients(), winners, input.gradients(), sizes, batch);
        }
    }

    /** Adds the task that passes the gradient of each output to the input that won. */
    static void addGradient(
            Tasks tasks,
            String name,
            FloatArray outputGradients,
            IntArray winners,
            FloatArray inputGradients,
            IntArray sizes,
            IntArray batch) {
        tasks.constant(sizes);
        boolean sideBySide = sizes.get(WindowSizes.STRIDE_HEIGHT) == sizes.get(WindowSizes.KERNEL_HEIGHT)
                && sizes.get(WindowSizes.STRIDE_WIDTH) == sizes.get(WindowSizes.KERNEL_WIDTH);
        tasks.overItems(
                name + ".pool_gradient",
                sideBySide ? outputGradients.getSize() : inputGradients.getSize(),
                (graph, task, c) -> sideBySide
                        ? graph.task(
                                task,
                                PoolingKernels::backwardSideBySide,
                                c,
                                outputGradients,
                                winners,
                                inputGradients,
                                sizes,
                                batch)
                        : graph.task(
                                task,
                                PoolingKernels::backward,
                                c,
                                outputGradients,
                                winners,
                                inputGradients,
                                sizes,
                                batch));
    }
}
