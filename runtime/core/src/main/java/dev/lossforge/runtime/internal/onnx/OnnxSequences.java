package dev.lossforge.runtime.internal.onnx;

import dev.lossforge.runtime.backend.LayerNode;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.layer.Gru;
import dev.lossforge.runtime.layer.LayerNorm;

/** Layers of rows and sequences. */
final class OnnxSequences {
    /** {@code TensorProto.DataType.INT64}. */
    private static final long INT64 = 7;

    private final OnnxGraph graph;
    private final OnnxValues values;
    private final OnnxParameters parameters;
    private final OnnxFunctions functions;

    OnnxSequences(OnnxGraph graph, OnnxValues values, OnnxParameters parameters, OnnxFunctions functions) {
        this.graph = graph;
        this.values = values;
        this.parameters = parameters;
        this.functions = functions;
    }

    void add(LayerNode node, Dense dense) {
        String input = values.channelsLast(node.source());
        String weights = parameters.asIs(node, 0);
        String output = values.fresh(node.name(), dense.bias() ? "Gemm" : "MatMul");
        if (dense.bias()) {
            graph.node("Gemm", output, input, weights, parameters.asIs(node, 1));
        } else {
            graph.node("MatMul", output, input, weights);
        }
        values.add(1, functions.apply(node.name(), dense.activation(), output), false);
    }

    /** Adds a lookup. The indices are floats, as in the layer. */
    void addLookup(LayerNode node) {
        String indices = values.fresh(node.name(), "Cast");
        graph.node("Cast", indices, values.channelsLast(node.source())).with("to", INT64);
        String output = values.fresh(node.name(), "Gather");
        graph.node("Gather", output, parameters.asIs(node, 0), indices).with("axis", 0L);
        values.add(node.output().rank(), output, false);
    }

    void add(LayerNode node, LayerNorm norm) {
        String output = values.fresh(node.name(), "LayerNormalization");
        graph.node(
                        "LayerNormalization",
                        output,
                        values.channelsLast(node.source()),
                        parameters.asIs(node, 0),
                        parameters.asIs(node, 1))
                .with("axis", -1L)
                .with("epsilon", (float) norm.epsilon());
        values.add(node.output().rank(), output, false);
    }

    /**
     * Adds a GRU. ONNX has time before the batch, the gates in the order update, reset, candidate, and one row of both
     * biases.
     */
    void add(LayerNode node, Gru gru) {
        String name = node.name();
        String input = values.fresh(name, "Transpose");
        graph.node("Transpose", input, values.channelsLast(node.source())).with("perm", 1, 0, 2);
        int units = gru.units();
        float[] biases = new float[6 * units];
        reorder(parameters.tensor(node, 1).array(), units, 1, biases, 0);
        reorder(parameters.tensor(node, 3).array(), units, 1, biases, 3 * units);
        String states = values.fresh(name, "GRU");
        OnnxNode operation = graph.node(
                        "GRU",
                        states,
                        input,
                        weights(node, 0, units),
                        weights(node, 2, units),
                        graph.constant(OnnxParameters.name(node, 1), biases, 1, 6 * units))
                .with("hidden_size", (long) units)
                .with("linear_before_reset", 1L);
        String squeezed = values.fresh(name, "Squeeze");
        if (gru.lastState()) {
            operation.secondOutput();
            graph.node("Squeeze", squeezed, states, graph.constant("constant/axis_0", 0));
            values.add(1, squeezed, false);
        } else {
            graph.node("Squeeze", squeezed, states, graph.constant("constant/axis_1", 1));
            String output = values.fresh(name, "Transpose");
            graph.node("Transpose", output, squeezed).with("perm", 1, 0, 2);
            values.add(2, output, false);
        }
    }

    /** One row for each gate's output: {@code [1, 3 · units, columns]}. */
    private String weights(LayerNode node, int parameter, int units) {
        float[] ours = parameters.tensor(node, parameter).array();
        int columns = ours.length / (3 * units);
        float[] rows = new float[ours.length];
        for (int column = 0; column < columns; column++) {
            for (int output = 0; output < 3 * units; output++) {
                rows[output * columns + column] = ours[column * 3 * units + output];
            }
        }
        float[] reordered = new float[ours.length];
        reorder(rows, units, columns, reordered, 0);
        return graph.constant(OnnxParameters.name(node, parameter), reordered, 1, 3 * units, columns);
    }

    /** Exchanges the first two of three gates, each of {@code units} rows. */
    private static void reorder(float[] gates, int units, int columns, float[] target, int at) {
        int size = units * columns;
        System.arraycopy(gates, size, target, at, size);
        System.arraycopy(gates, 0, target, at + size, size);
        System.arraycopy(gates, 2 * size, target, at + 2 * size, size);
    }
}
