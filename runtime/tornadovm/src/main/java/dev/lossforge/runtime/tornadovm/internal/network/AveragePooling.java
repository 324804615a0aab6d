package dev.lossforge.runtime.tornadovm.internal.network;

import dev.lossforge.runtime.internal.Window;
import dev.lossforge.runtime.tornadovm.internal.plan.Tasks;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** The mean of each window, per channel. */
record AveragePooling(String name, Activations input, Activations output, IntArray sizes, IntArray batch)
        implements DeviceLayer {

    static AveragePooling of(String name, Window window, Activations input, Activations output, IntArray batch) {
        return new AveragePooling(name, input, output, WindowSizes.array(window), batch);
    }

    @Override
    public void forward(Tasks tasks) {
        tasks.constant(sizes);
        tasks.overItems(
                name + ".forward",
                output.values().getSize(),
                (graph, task, c) -> graph.task(
                        task, AveragePoolingKernels::forward, c, input.values(), output.values(), sizes, batch));
    }

    @Override
    public void backward(Tasks tasks, boolean inputGradients) {
        if (inputGradients) {
            tasks.overItems(
                    name + ".input_gradient",
                    input.values().getSize(),
                    (graph, task, c) -> graph.task(
                            task,
                            AveragePoolingKernels::backward,
                            c,
                            output.gradients(),
                            input.gradients(),
                            sizes,
                            batch));
            if (input.rectified()) {
                Rectifier.gate(tasks, name, input, batch);
            }
        }
    }
}
