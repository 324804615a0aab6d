package dev.lossforge.runtime.tornadovm.internal.network;

import dev.lossforge.runtime.tornadovm.internal.plan.Tasks;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** A ReLU that does not follow a convolution or a dense layer. */
record Rectifier(String name, Activations input, Activations output, IntArray batch) implements DeviceLayer {

    @Override
    public void forward(Tasks tasks) {
        tasks.overItems(
                name + ".forward",
                output.values().getSize(),
                (graph, task, c) -> graph.task(
                        task, RectifierKernels::forward, c, input.values(), output.values(), output.size(), batch));
    }

    @Override
    public void backward(Tasks tasks, boolean inputGradients) {
        if (inputGradients) {
            add(tasks, name + ".input_gradient", output, input.gradients(), batch);
        }
    }

    /** Adds the task that sets the gradient to 0 for rectified values of 0. */
    static void gate(Tasks tasks, String name, Activations rectified, IntArray batch) {
        add(tasks, name + ".relu_gradient", rectified, rectified.gradients(), batch);
    }

    private static void add(Tasks tasks, String task, Activations output, FloatArray result, IntArray batch) {
        tasks.overItems(
                task,
                output.values().getSize(),
                (graph, name, c) -> graph.task(
                        name,
                        RectifierKernels::backward,
                        c,
                        output.values(),
                        output.gradients(),
                        result,
                        output.size(),
                        batch));
    }
}
