package dev.lossforge.runtime.internal.onnx;

import dev.lossforge.runtime.backend.LayerNode;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.Map;

/** The parameters of layers as constants of a graph, under their names, with their axes in ONNX's order. */
final class OnnxParameters {
    private final OnnxGraph graph;
    private final Map<String, Tensor> values;

    OnnxParameters(OnnxGraph graph, Map<String, Tensor> values) {
        this.graph = graph;
        this.values = values;
    }

    /** The name of an unchanged parameter of a layer. */
    String asIs(LayerNode node, int parameter) {
        Tensor tensor = tensor(node, parameter);
        return graph.constant(
                name(node, parameter), tensor.array(), tensor.shape().toArray());
    }

    /** The name of a layer's parameter whose axis {@code i} is axis {@code order[i]} of ours. */
    String transposed(LayerNode node, int parameter, int... order) {
        Tensor tensor = tensor(node, parameter);
        int[] extents = new int[order.length];
        for (int axis = 0; axis < order.length; axis++) {
            extents[axis] = tensor.shape().extent(order[axis]);
        }
        return graph.constant(name(node, parameter), transpose(tensor, order), extents);
    }

    static String name(LayerNode node, int parameter) {
        return node.parameters().get(parameter).name();
    }

    Tensor tensor(LayerNode node, int parameter) {
        Tensor tensor = values.get(name(node, parameter));
        if (tensor == null) {
            throw new IllegalArgumentException("There is no tensor '" + name(node, parameter) + "'.");
        }
        return tensor;
    }

    private static float[] transpose(Tensor tensor, int... order) {
        int rank = order.length;
        int[] ours = new int[rank];
        int stride = 1;
        for (int axis = rank - 1; axis >= 0; axis--) {
            ours[axis] = stride;
            stride *= tensor.shape().extent(axis);
        }
        float[] result = new float[tensor.size()];
        for (int i = 0; i < result.length; i++) {
            int rest = i;
            int from = 0;
            for (int axis = rank - 1; axis >= 0; axis--) {
                int extent = tensor.shape().extent(order[axis]);
                from += rest % extent * ours[order[axis]];
                rest /= extent;
            }
            result[i] = tensor.array()[from];
        }
        return result;
    }
}
