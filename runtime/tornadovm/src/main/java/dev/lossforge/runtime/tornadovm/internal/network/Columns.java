package dev.lossforge.runtime.tornadovm.internal.network;

import dev.lossforge.runtime.tornadovm.internal.plan.Tasks;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Some columns of rows that follow each other.
 *
 * @param first of the columns
 * @param count of the columns
 * @param width of a row
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
