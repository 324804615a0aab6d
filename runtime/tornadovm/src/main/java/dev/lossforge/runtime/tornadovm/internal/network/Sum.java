package dev.lossforge.runtime.tornadovm.internal.network;

import dev.lossforge.runtime.tornadovm.internal.plan.Tasks;
import java.util.List;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The sum of values; each gets the gradient of the sum. For a single value, it is a copy.
 *
 * @param trained the inputs whose gradients are needed
 */
record Sum(String name, List<Activations> inputs, List<Activations> trained, Activations output, IntArray batch)
        implements DeviceLayer {

    @Override
    public void forward(Tasks tasks) {
        if (inputs.size() == 1) {
            Joins.copy(tasks, name + ".forward", inputs.getFirst().values(), output.values(), output.size(), batch);
        }
        for (int i = 1; i < inputs.size(); i++) {
            Activations before = i == 1 ? inputs.getFirst() : output;
            Activations input = inputs.get(i);
            tasks.overItems(
                    name + ".forward",
                    output.values().getSize(),
                    (graph, task, c) -> graph.task(
                            task,
                            JoinKernels::add,
                            c,
                            before.values(),
                            input.values(),
                            output.values(),
                            output.size(),
                            batch));
        }
    }

    @Override
    public void backward(Tasks tasks, boolean inputGradients) {
        for (Activations input : trained) {
            Joins.copy(tasks, name + ".input_gradient", output.gradients(), input.gradients(), input.size(), batch);
            if (input.rectified()) {
                Rectifier.gate(tasks, name, input, batch);
            }
        }
    }
}
