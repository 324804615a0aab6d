package dev.lossforge.runtime.tornadovm.internal.network;

import dev.lossforge.runtime.tornadovm.internal.plan.Tasks;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Normalization of each row, whose biases follow its scales among the parameters.
 *
 * @param length the length of a row
 * @param scale the start of the scales among the parameters
 * @param statistics the statistics of each row, in the layout of {@link NormalizationKernels}
 */
record RowNormalization(
        String name,
        Activations input,
        Activations output,
        int length,
        float epsilon,
        int scale,
        FloatArray statistics,
        FloatArray parameters,
        FloatArray parts,
        GradientParts.Block block,
        IntArray batch)
        implements DeviceLayer {

    static FloatArray statistics(int values, int length) {
        return new FloatArray(values / length * NormalizationKernels.STATISTICS);
    }

    @Override
    public boolean isTrained() {
        return block.count() > 0;
    }

    private int rows() {
        return output.size() / length;
    }

    private int allRows() {
        return output.values().getSize() / length;
    }

    @Override
    public void forward(Tasks tasks) {
        tasks.overItems(
                name + ".forward",
                allRows(),
                (graph, task, c) -> graph.task(
                        task,
                        RowNormalizationKernels::forward,
                        c,
                        input.values(),
                        parameters,
                        output.values(),
                        statistics,
                        scale,
                        rows(),
                        length,
                        epsilon,
                        batch));
    }

    @Override
    public void backward(Tasks tasks, boolean inputGradients) {
        if (isTrained()) {
            NormalizationTasks.addParameterGradient(
                    tasks, name, input, output, statistics, parts, block, length, false, batch);
        }
        if (inputGradients) {
            tasks.overItems(
                    name + ".input_gradient",
                    allRows(),
                    (graph, task, c) -> graph.task(
                            task,
                            RowNormalizationKernels::inputGradient,
                            c,
                            input.values(),
                            parameters,
                            output.gradients(),
                            statistics,
                            input.gradients(),
                            scale,
                            rows(),
                            length,
                            batch));
            if (input.rectified()) {
                Rectifier.gate(tasks, name, input, batch);
            }
        }
    }
}
