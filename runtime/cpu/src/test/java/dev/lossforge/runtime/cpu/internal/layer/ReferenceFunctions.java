package dev.lossforge.runtime.cpu.internal.layer;

import dev.lossforge.runtime.backend.LayerNode;
import dev.lossforge.runtime.internal.Window;
import dev.lossforge.runtime.layer.Activation;
import dev.lossforge.runtime.layer.BatchNorm;
import dev.lossforge.runtime.layer.Gru;
import java.util.Arrays;
import java.util.List;
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

    static double[][] normalize(LayerNode node, BatchNorm norm, Map<String, double[]> parameters, double[][] in) {
        double[] scale = parameters.get(node.parameters().get(0).name());
        double[] bias = parameters.get(node.parameters().get(1).name());
        int n = scale.length;
        double[][] out = new double[in.length][in[0].length];
        double count = (double) in.length * in[0].length / n;
        for (int c = 0; c < n; c++) {
            double mean = 0;
            for (double[] row : in) {
                for (int i = c; i < row.length; i += n) {
                    mean += row[i] / count;
                }
            }
            double variance = 0;
            for (double[] row : in) {
                for (int i = c; i < row.length; i += n) {
                    variance += Math.pow(row[i] - mean, 2) / count;
                }
            }
            for (int sample = 0; sample < in.length; sample++) {
                for (int i = c; i < out[sample].length; i += n) {
                    double z = (in[sample][i] - mean) / Math.sqrt(variance + norm.epsilon());
                    out[sample][i] = scale[c] * z + bias[c];
                }
            }
        }
        return out;
    }

    /** A transposed convolution, as the layer's formula says; the window is that from the output to the input. */
    static double[] convolveBack(LayerNode node, Window w, Map<String, double[]> parameters, double[] in) {
        double[] weights = parameters.get(node.parameters().getFirst().name());
        double[] out = new double[node.output().size()];
        int filters = w.channels();
        int channels = node.input().lastExtent();
        for (int o = 0; o < out.length && node.parameters().size() > 1; o++) {
            out[o] = parameters.get(node.parameters().get(1).name())[o % filters];
        }
        for (int x = 0; x < in.length; x++) {
            int row = x / channels / w.outputWidth() * w.strideHeight() - w.padTop();
            int column = x / channels % w.outputWidth() * w.strideWidth() - w.padLeft();
            for (int k = 0; k < w.kernelHeight() * w.kernelWidth() * filters; k++) {
                int i = row + k / filters / w.kernelWidth();
                int j = column + k / filters % w.kernelWidth();
                if (i >= 0 && i < w.inputHeight() && j >= 0 && j < w.inputWidth()) {
                    out[(i * w.inputWidth() + j) * filters + k % filters] +=
                            in[x] * weights[k * channels + x % channels];
                }
            }
        }
        return out;
    }

    static double[] recur(LayerNode node, Gru gru, Map<String, double[]> parameters, double[] in) {
        List<double[]> values =
                node.parameters().stream().map(p -> parameters.get(p.name())).toList();
        int units = gru.units();
        int features = node.input().lastExtent();
        double[] state = new double[units];
        double[] all = new double[node.input().extent(0) * units];
        for (int time = 0; time < node.input().extent(0); time++) {
            double[] x = Arrays.copyOfRange(in, time * features, (time + 1) * features);
            double[] a = product(x, values.get(0), values.get(1));
            double[] b = product(state, values.get(2), values.get(3));
            double[] next = new double[units];
            for (int u = 0; u < units; u++) {
                double reset = of(Activation.SIGMOID, a[u] + b[u]);
                double update = of(Activation.SIGMOID, a[units + u] + b[units + u]);
                double candidate = Math.tanh(a[2 * units + u] + reset * b[2 * units + u]);
                next[u] = (1 - update) * candidate + update * state[u];
            }
            state = next;
            System.arraycopy(state, 0, all, time * units, units);
        }
        return gru.lastState() ? state : all;
    }

    private static double[] product(double[] row, double[] weights, double[] bias) {
        double[] out = bias.clone();
        for (int i = 0; i < row.length; i++) {
            for (int o = 0; o < out.length; o++) {
                out[o] += row[i] * weights[i * out.length + o];
            }
        }
        return out;
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
