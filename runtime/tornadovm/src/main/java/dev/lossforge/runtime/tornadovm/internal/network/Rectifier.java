package dev.lossforge.runtime.tornadovm.internal.network;

import dev.lossforge.runtime.tornadovm.internal.plan.Tasks;
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
            tasks.overItems(
                    name + ".input_gradient",
                    input.values().getSize(),
                    (graph, task, c) -> graph.task(
                            task,
                            RectifierKernels::backward,
                            c,
                            output.values(),
                            output.gradients(),
                            input.gradients(),
                            output.size(),
                            batch));
        }
    }
}
