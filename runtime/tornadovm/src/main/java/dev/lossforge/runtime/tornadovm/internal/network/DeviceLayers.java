package dev.lossforge.runtime.tornadovm.internal.network;

import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.BackendException;
import dev.lossforge.runtime.backend.LayerNode;
import dev.lossforge.runtime.layer.Activation;
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

/** The layers that have kernels. */
public final class DeviceLayers {

    private DeviceLayers() {}

    /**
     * Checks that there are kernels for all layers of a model.
     *
     * @throws BackendException naming the first layer without kernels
     */
    public static void requireKernels(Architecture architecture) {
        for (LayerNode node : architecture.nodes()) {
            if (!hasKernels(node.layer())) {
                throw unsupported(node);
            }
        }
    }

    private static boolean hasKernels(Layer layer) {
        return switch (layer) {
            case Conv2D conv -> hasKernels(conv.activation());
            case Dense dense -> hasKernels(dense.activation());
            case MaxPool2D pool -> true;
            case Flatten flatten -> true;
            case ReLU relu -> true;
            case Softmax softmax -> true;
            case Dropout dropout -> true;
            case AveragePool2D average -> false;
            case GlobalAveragePool2D average -> false;
            case LayerNorm norm -> false;
            case BatchNorm norm -> false;
            case ConvTranspose2D conv -> false;
            case Gru gru -> false;
            case Pointwise pointwise -> false;
            case Conv1D conv -> false;
            case Embedding embedding -> false;
            case Add add -> false;
            case Concatenate concatenate -> false;
            case Slice slice -> false;
        };
    }

    private static boolean hasKernels(Activation activation) {
        return switch (activation) {
            case LINEAR, RELU, SOFTMAX -> true;
            case TANH, SIGMOID, GELU, LEAKY_RELU, SOFTPLUS -> false;
        };
    }

    static BackendException unsupported(LayerNode node) {
        return new BackendException("The backend 'tornadovm' has no kernels for the layer '" + node.name() + "', "
                + node.layer() + "; choose the backend 'cpu'.");
    }
}
