package dev.lossforge.runtime.tornadovm.internal.network;

import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.BackendException;
import dev.lossforge.runtime.backend.CompileSpec;
import dev.lossforge.runtime.backend.LayerNode;
import dev.lossforge.runtime.data.Batch;
import dev.lossforge.runtime.internal.BatchStatistics;
import dev.lossforge.runtime.layer.Embedding;
import dev.lossforge.runtime.layer.Flatten;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.List;

/** Checks on the host what kernels cannot report. */
public final class DeviceLayers {

    private DeviceLayers() {}

    /**
     * Checks that the model can run on a device.
     *
     * @throws BackendException naming the first layer that cannot
     */
    public static void requireKernels(Architecture architecture) {
        for (LayerNode node : architecture.nodes()) {
            if (node.layer() instanceof Embedding && inputOf(architecture, node) < 0) {
                throw new BackendException("The layer '" + node.name() + "' takes indices from another layer, but the"
                        + " backend 'tornadovm' checks indices in the data; make them an input of the model, or choose"
                        + " the backend 'cpu'.");
            }
        }
    }

    /** The number of the input that a layer reads directly or flattened; −1 if it reads something else. */
    private static int inputOf(Architecture architecture, LayerNode node) {
        int inputs = architecture.inputs().size();
        int source = node.source();
        while (source >= inputs && architecture.nodes().get(source - inputs).layer() instanceof Flatten) {
            source = architecture.nodes().get(source - inputs).source();
        }
        return source < inputs ? source : -1;
    }

    /**
     * Checks the shapes of the inputs, and the indices of embeddings.
     *
     * @return the inputs in the order of the architecture
     * @throws dev.lossforge.runtime.data.DataException naming the first invalid index
     */
    public static List<Tensor> requireInputs(Architecture architecture, Batch batch) {
        architecture.requireInputs(batch.namedInputs());
        List<Tensor> inputs =
                architecture.inputs().keySet().stream().map(batch::input).toList();
        for (LayerNode node : architecture.nodes()) {
            if (node.layer() instanceof Embedding embedding) {
                RowLookup.requireIndices(node, embedding, inputs.get(inputOf(architecture, node)));
            }
        }
        return inputs;
    }

    /**
     * Checks that the batch of a training step has a variance wherever a layer normalizes by it.
     *
     * @throws dev.lossforge.runtime.data.DataException naming the first layer for which it has none
     */
    public static void requireVariances(Architecture architecture, CompileSpec spec, int samples) {
        for (LayerNode node : architecture.nodes()) {
            if (spec.isOverBatch(node)) {
                int rows = node.input().size() / node.input().lastExtent();
                BatchStatistics.requireVariance(node.name(), samples, (long) samples * rows);
            }
        }
    }
}
