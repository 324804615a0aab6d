package dev.lossforge.runtime.tornadovm.internal.network;

import dev.lossforge.runtime.tornadovm.internal.plan.Tasks;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Selects adjacent columns of all rows.
 *
 * @param first the first column
 * @param count the number of columns
 * @param width the number of values in a row
 */
record Columns(String name, Activations input, Activations output, int first, int count, int width, IntArray batch)
        implements DeviceLayer {

    @Override
    public void forward(Tasks tasks) {
        tasks.overItems(
                name + ".forward",
                output.values().getSize(),
                (graph, task, c) -> graph.task(
                        task,
                        ColumnKernels::take,
                        c,
                        input.values(),
                        output.values(),
                        first,
                        count,
                        width,
                        output.size(),
                        batch));
    }

    @Override
    public void backward(Tasks tasks, boolean inputGradients) {
        if (inputGradients) {
            tasks.overItems(
                    name + ".input_gradient",
                    input.values().getSize(),
                    (graph, task, c) -> graph.task(
                            task,
                            ColumnKernels::put,
                            c,
                            output.gradients(),
                            input.gradients(),
                            first,
                            count,
                            width,
                            input.size(),
                            batch));
        }
    }
}
