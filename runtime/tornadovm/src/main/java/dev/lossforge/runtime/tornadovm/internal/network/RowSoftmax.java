package dev.lossforge.runtime.tornadovm.internal.network;

import dev.lossforge.runtime.tornadovm.internal.plan.Tasks;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Softmax over the last axis. */
record RowSoftmax(String name, Activations input, Activations output, int classes, IntArray batch)
        implements DeviceLayer {

    private int rows() {
        return output.size() / classes;
    }

    private int allRows() {
        return output.values().getSize() / classes;
    }

    @Override
    public void forward(Tasks tasks) {
        tasks.overItems(
                name + ".forward",
                allRows(),
                (graph, task, c) -> graph.task(
                        task, SoftmaxKernels::forward, c, input.values(), output.values(), rows(), classes, batch));
    }

    @Override
    public void backward(Tasks tasks, boolean inputGradients) {
        if (inputGradients) {
            tasks.overItems(
                    name + ".input_gradient",
                    allRows(),
                    (graph, task, c) -> graph.task(
                            task,
                            SoftmaxKernels::backward,
                            c,
                            output.values(),
                            output.gradients(),
                            input.gradients(),
                            rows(),
                            classes,
                            batch));
            if (input.rectified()) {
                Rectifier.gate(tasks, name, input, batch);
            }
        }
    }
}
