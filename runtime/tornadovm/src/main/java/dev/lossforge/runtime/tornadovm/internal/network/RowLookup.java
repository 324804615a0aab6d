package dev.lossforge.runtime.tornadovm.internal.network;

import dev.lossforge.runtime.backend.LayerNode;
import dev.lossforge.runtime.data.DataException;
import dev.lossforge.runtime.layer.Embedding;
import dev.lossforge.runtime.tensor.Tensor;
import dev.lossforge.runtime.tornadovm.internal.plan.Tasks;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Looks up a row of the weights for each index. The backward pass adds the gradient of each row to the gradient of the
 * weights.
 *
 * @param dimensions the length of a row
 * @param weights the start of the weights among the parameters
 */
record RowLookup(
        String name,
        Activations input,
        Activations output,
        int dimensions,
        int weights,
        FloatArray parameters,
        FloatArray parts,
        GradientParts.Block block,
        IntArray batch)
        implements DeviceLayer {

    /**
     * Checks the indices of a batch on the host, because a kernel cannot report an error.
     *
     * @throws DataException naming the first invalid index
     */
    static void requireIndices(LayerNode node, Embedding embedding, Tensor inputs) {
        int size = node.input().size();
        for (int at = 0; at < inputs.size(); at++) {
            float value = inputs.array()[at];
            int index = (int) value;
            if (index != value || index < 0 || index >= embedding.vocabulary()) {
                throw new DataException("The layer '" + node.name() + "' takes indices from 0 to "
                        + (embedding.vocabulary() - 1) + ", but position " + at % size + " of sample " + at / size
                        + " of the batch is " + value + ".");
            }
        }
    }

    @Override
    public boolean isTrained() {
        return block.count() > 0;
    }

    @Override
    public void forward(Tasks tasks) {
        tasks.overItems(
                name + ".forward",
                output.values().getSize(),
                (graph, task, c) -> graph.task(
                        task,
                        LookupKernels::forward,
                        c,
                        input.values(),
                        parameters,
                        output.values(),
                        weights,
                        dimensions,
                        output.size(),
                        batch));
    }

    /** Indices have no gradient. */
    @Override
    public void backward(Tasks tasks, boolean inputGradients) {
        if (isTrained()) {
            int all = block.size() * block.count();
            tasks.overItems(
                    name + ".clear",
                    all,
                    (graph, task, c) -> graph.task(task, LookupKernels::clear, c, parts, block.first(), all));
            tasks.overItems(
                    name + ".parameter_gradient",
                    (long) dimensions * block.count(),
                    (graph, task, c) -> graph.task(
                            task,
                            LookupKernels::parameterGradient,
                            c,
                            input.values(),
                            output.gradients(),
                            parts,
                            block.first(),
                            block.size(),
                            block.count(),
                            dimensions,
                            input.size(),
                            batch));
        }
    }
}
