package dev.lossforge.runtime.tornadovm.internal.network;

import dev.lossforge.runtime.tornadovm.internal.plan.Tasks;
import java.util.List;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Concatenates values along the last axis.
 *
 * @param columns the last extent of each input
 * @param trained whether the gradient of each input is needed
 */
record SideBySide(
        String name,
        List<Activations> inputs,
        List<Integer> columns,
        List<Boolean> trained,
        Activations output,
        IntArray batch)
        implements DeviceLayer {

    SideBySide {
        columns = List.copyOf(columns);
    }

    private int width() {
        return columns.stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public void forward(Tasks tasks) {
        int first = 0;
        for (int i = 0; i < inputs.size(); i++) {
            addForward(tasks, inputs.get(i), first, columns.get(i));
            first += columns.get(i);
        }
    }

    private void addForward(Tasks tasks, Activations input, int first, int count) {
        tasks.overItems(
                name + ".forward",
                input.values().getSize(),
                (graph, task, c) -> graph.task(
                        task,
                        ColumnKernels::insert,
                        c,
                        input.values(),
                        output.values(),
                        first,
                        count,
                        width(),
                        input.size(),
                        batch));
    }

    @Override
    public void backward(Tasks tasks, boolean inputGradients) {
        int first = 0;
        for (int i = 0; i < inputs.size(); i++) {
            if (trained.get(i)) {
                addBackward(tasks, inputs.get(i), first, columns.get(i));
            }
            first += columns.get(i);
        }
    }

    private void addBackward(Tasks tasks, Activations input, int first, int count) {
        tasks.overItems(
                name + ".input_gradient",
                input.values().getSize(),
                (graph, task, c) -> graph.task(
                        task,
                        ColumnKernels::take,
                        c,
                        output.gradients(),
                        input.gradients(),
                        first,
                        count,
                        width(),
                        input.size(),
                        batch));
        if (input.rectified()) {
            Rectifier.gate(tasks, name, input, batch);
        }
    }
}
