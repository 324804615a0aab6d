package dev.lossforge.runtime.cpu.internal.layer;

import dev.lossforge.runtime.backend.LayerNode;
import dev.lossforge.runtime.layer.Activation;
import java.util.Map;

/** Functions of values and of rows as {@link Activation} and the layers define them, in double precision. */
final class ReferenceFunctions {
    private ReferenceFunctions() {}

    static double of(Activation activation, double x) {
        return switch (activation) {
            case TANH -> Math.tanh(x);
            case SIGMOID -> 1 / (1 + Math.exp(-x));
            case GELU -> x * normalCdf(x);
            case LEAKY_RELU -> x > 0 ? x : 0.01 * x;
            case SOFTPLUS -> Math.log1p(Math.exp(x));
            case LINEAR, RELU, SOFTMAX -> throw new IllegalArgumentException(activation.name());
        };
    }

    /** {@code ½ + φ(x) (x + x³/3 + x⁵/(3·5) + …)}, a series that converges everywhere. */
    static double normalCdf(double x) {
        double term = x;
        double sum = x;
        for (int odd = 3; Math.abs(term) > 1e-18; odd += 2) {
            term *= x * x / odd;
            sum += term;
        }
        return 0.5 + sum * Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
    }

    static double[] lookUp(LayerNode node, Map<String, double[]> parameters, double[] in) {
        double[] weights = parameters.get(node.parameters().getFirst().name());
        int dimensions = node.output().lastExtent();
        double[] out = new double[node.output().size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = weights[((int) in[i / dimensions]) * dimensions + i % dimensions];
        }
        return out;
    }

    static double[] normalize(LayerNode node, double epsilon, Map<String, double[]> parameters, double[] in) {
        double[] scale = parameters.get(node.parameters().getFirst().name());
        double[] bias = parameters.get(node.parameters().getLast().name());
        double[] out = new double[in.length];
        int n = scale.length;
        for (int row = 0; row < in.length; row += n) {
            double mean = 0;
            for (int i = 0; i < n; i++) {
                mean += in[row + i] / n;
            }
            double variance = 0;
            for (int i = 0; i < n; i++) {
                variance += Math.pow(in[row + i] - mean, 2) / n;
            }
            for (int i = 0; i < n; i++) {
                out[row + i] = scale[i] * (in[row + i] - mean) / Math.sqrt(variance + epsilon) + bias[i];
            }
        }
        return out;
    }
}
