package dev.lossforge.runtime.internal.onnx;

import dev.lossforge.runtime.layer.Activation;

/** Activations as operations. */
final class OnnxFunctions {
    private static final float LEAK = 0.01f;

    private final OnnxGraph graph;
    private final OnnxValues values;

    OnnxFunctions(OnnxGraph graph, OnnxValues values) {
        this.graph = graph;
        this.values = values;
    }

    /** Returns the name of the activation's result; the result of a softmax has its channels last. */
    String apply(String layer, Activation activation, String input) {
        return switch (activation) {
            case LINEAR -> input;
            case RELU -> add(layer, "Relu", input);
            case TANH -> add(layer, "Tanh", input);
            case SIGMOID -> add(layer, "Sigmoid", input);
            case SOFTPLUS -> add(layer, "Softplus", input);
            case GELU -> gelu(layer, input);
            case LEAKY_RELU -> {
                String output = values.fresh(layer, "LeakyRelu");
                graph.node("LeakyRelu", output, input).with("alpha", LEAK);
                yield output;
            }
            case SOFTMAX -> {
                String output = values.fresh(layer, "Softmax");
                graph.node("Softmax", output, input).with("axis", -1L);
                yield output;
            }
        };
    }

    private String add(String layer, String operator, String... inputs) {
        String output = values.fresh(layer, operator);
        graph.node(operator, output, inputs);
        return output;
    }

    /** {@code x · ½ (1 + erf(x / √2))}; the operator set has no Gelu yet. */
    private String gelu(String layer, String input) {
        String root = graph.constant("constant/root_half", new float[] {(float) Math.sqrt(0.5)});
        String half = graph.constant("constant/half", new float[] {0.5f});
        String one = graph.constant("constant/one", new float[] {1});
        String erf = add(layer, "Erf", add(layer, "Mul", input, root));
        String distribution = add(layer, "Mul", add(layer, "Add", erf, one), half);
        return add(layer, "Mul", input, distribution);
    }
}
