package dev.lossforge.runtime.tornadovm.internal.network;

import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.BackendException;
import dev.lossforge.runtime.backend.LayerNode;
import dev.lossforge.runtime.layer.Add;
import dev.lossforge.runtime.layer.AveragePool2D;
import dev.lossforge.runtime.layer.BatchNorm;
import dev.lossforge.runtime.layer.Concatenate;
import dev.lossforge.runtime.layer.Conv1D;
import dev.lossforge.runtime.layer.Conv2D;
import dev.lossforge.runtime.layer.ConvTranspose2D;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.layer.Dropout;
import dev.lossforge.runtime.layer.Embedding;
import dev.lossforge.runtime.layer.Flatten;
import dev.lossforge.runtime.layer.GlobalAveragePool2D;
import dev.lossforge.runtime.layer.Gru;
import dev.lossforge.runtime.layer.Layer;
import dev.lossforge.runtime.layer.LayerNorm;
import dev.lossforge.runtime.layer.MaxPool2D;
import dev.lossforge.runtime.layer.Pointwise;
import dev.lossforge.runtime.layer.ReLU;
import dev.lossforge.runtime.layer.Slice;
import dev.lossforge.runtime.layer.Softmax;
import dev.lossforge.runtime.tensor.Tensor;

/** Checks whether the layers of a model can run on a device. */
public final class DeviceLayers {

    private DeviceLayers() {}

    /**
     * Checks that there are kernels for all layers of a model.
     *
     * @throws BackendException naming the first layer without kernels
     */
    public static void requireKernels(Architecture architecture) {
        boolean isInput = true;
        for (LayerNode node : architecture.nodes()) {
            if (!hasKernels(node.layer()) || node.layer() instanceof Embedding && !isInput) {
                throw unsupported(node);
            }
            isInput &= node.layer() instanceof Flatten;
        }
    }

    private static boolean hasKernels(Layer layer) {
        return switch (layer) {
            case Conv2D conv -> true;
            case Dense dense -> true;
            case MaxPool2D pool -> true;
            case Flatten flatten -> true;
            case ReLU relu -> true;
            case Softmax softmax -> true;
            case Dropout dropout -> true;
            case AveragePool2D average -> true;
            case GlobalAveragePool2D average -> true;
            case LayerNorm norm -> true;
            case BatchNorm norm -> false;
            case ConvTranspose2D conv -> false;
            case Gru gru -> false;
            case Pointwise pointwise -> true;
            case Conv1D conv -> true;
            case Embedding embedding -> true;
            case Add add -> true;
            case Concatenate concatenate -> true;
            case Slice slice -> true;
        };
    }

    /**
     * Checks the indices of an embedding on the host, because a kernel cannot report an error.
     *
     * @throws dev.lossforge.runtime.data.DataException naming the first invalid index
     */
    public static void requireInputs(Architecture architecture, Tensor inputs) {
        for (LayerNode node : architecture.nodes()) {
            if (node.layer() instanceof Embedding embedding) {
                RowLookup.requireIndices(node, embedding, inputs);
            }
        }
    }

    static BackendException unsupported(LayerNode node) {
        return new BackendException("The backend 'tornadovm' has no kernels for the layer '" + node.name() + "', "
                + node.layer() + "; choose the backend 'cpu'.");
    }
}
