package dev.lossforge.runtime.tornadovm.internal.network;

import dev.lossforge.runtime.tornadovm.internal.plan.Tasks;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** The tasks that normalizations of rows and of channels have in common. */
final class NormalizationTasks {
    private NormalizationTasks() {}

    /**
     * Adds the task for the gradients of the scales and biases.
     *
     * @param length the number of columns, each with its scale and bias
     * @param ofColumns whether the statistics belong to the columns, not to the rows
     */
    static void addParameterGradient(
            Tasks tasks,
            String name,
            Activations input,
            Activations output,
            FloatArray statistics,
            FloatArray parts,
            GradientParts.Block block,
            int length,
            boolean ofColumns,
            IntArray batch) {
        tasks.overItems(
                name + ".parameter_gradient",
                (long) length * block.count(),
                (graph, task, c) -> graph.task(
                        task,
                        NormalizationKernels::parameterGradient,
                        c,
                        input.values(),
                        output.gradients(),
                        statistics,
                        parts,
                        block.first(),
                        block.count(),
                        output.size() / length,
                        length,
                        ofColumns ? 1 : 0,
                        batch));
    }
}
