package dev.lossforge.runtime.cpu.internal.layer;

import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.LayerNode;
import dev.lossforge.runtime.backend.Parameter;
import dev.lossforge.runtime.internal.Window;
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
import dev.lossforge.runtime.layer.LayerNorm;
import dev.lossforge.runtime.layer.MaxPool2D;
import dev.lossforge.runtime.layer.Pointwise;
import dev.lossforge.runtime.layer.ReLU;
import dev.lossforge.runtime.layer.Slice;
import dev.lossforge.runtime.layer.Softmax;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The layers as their descriptions define them, in double precision, without regard to speed. One sample at a time. */
final class ReferenceLayers {
    private ReferenceLayers() {}

    /** @param parameters the values of each parameter by name, in the order of its shape */
    static double[] forward(Architecture architecture, Map<String, double[]> parameters, double[] input) {
        return forward(architecture, parameters, new double[][] {input})[0];
    }

    /** As {@link #forward(Architecture, Map, double[])}, for the samples of a batch in training. */
    static double[][] forward(Architecture architecture, Map<String, double[]> parameters, double[][] inputs) {
        List<double[][]> values = new ArrayList<>();
        values.add(inputs);
        for (LayerNode node : architecture.nodes()) {
            List<double[][]> in = node.sources().stream().map(values::get).toList();
            values.add(forwardBatch(node, parameters, in));
        }
        return values.get(architecture.outputValues().firstEntry().getValue());
    }

    private static double[][] forwardBatch(LayerNode node, Map<String, double[]> parameters, List<double[][]> inputs) {
        if (node.layer() instanceof BatchNorm norm) {
            return ReferenceFunctions.normalize(node, norm, parameters, inputs.getFirst());
        }
        double[][] outputs = new double[inputs.getFirst().length][];
        for (int i = 0; i < outputs.length; i++) {
            int sample = i;
            outputs[i] = forward(
                    node, parameters, inputs.stream().map(of -> of[sample]).toList());
        }
        return outputs;
    }

    private static double[] forward(LayerNode node, Map<String, double[]> parameters, List<double[]> inputs) {
        double[] values = inputs.getFirst();
        return switch (node.layer()) {
            case Conv2D conv -> activate(conv.activation(), convolve(node, conv, parameters, values), node);
            case Conv1D conv -> activate(conv.activation(), convolve(node, conv, parameters, values), node);
            case ConvTranspose2D conv ->
                activate(
                        conv.activation(),
                        ReferenceFunctions.convolveBack(node, conv.window(node.input()), parameters, values),
                        node);
            case Gru gru -> ReferenceFunctions.recur(node, gru, parameters, values);
            case BatchNorm norm -> throw new IllegalArgumentException(node.name() + " takes a batch");
            case Embedding embedding -> ReferenceFunctions.lookUp(node, parameters, values);
            case Dense dense -> activate(dense.activation(), multiply(node, parameters, values), node);
            case MaxPool2D pool -> pool(pool.window(node.input()), values);
            case ReLU relu -> activate(Activation.RELU, values, node);
            case Softmax softmax -> activate(Activation.SOFTMAX, values, node);
            case Flatten flatten -> values;
            case Dropout dropout -> values;
            case AveragePool2D pool -> average(pool.window(node.input()), values);
            case GlobalAveragePool2D pool -> average(pool.window(node.input()), values);
            case LayerNorm norm -> ReferenceFunctions.normalize(node, norm.epsilon(), parameters, values);
            case Pointwise pointwise -> activate(pointwise.activation(), values, node);
            case Add add -> sum(inputs);
            case Concatenate concatenate -> concatenate(node, inputs);
            case Slice slice -> slice(slice, node, values);
        };
    }

    private static double[] sum(List<double[]> inputs) {
        double[] sum = new double[inputs.getFirst().length];
        for (double[] input : inputs) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += input[i];
            }
        }
        return sum;
    }

    private static double[] concatenate(LayerNode node, List<double[]> inputs) {
        double[] out = new double[node.output().size()];
        int width = node.output().lastExtent();
        int shift = 0;
        for (int k = 0; k < inputs.size(); k++) {
            int columns = node.inputs().get(k).lastExtent();
            for (int i = 0; i < inputs.get(k).length; i++) {
                out[i / columns * width + shift + i % columns] = inputs.get(k)[i];
            }
            shift += columns;
        }
        return out;
    }

    private static double[] slice(Slice slice, LayerNode node, double[] in) {
        double[] out = new double[node.output().size()];
        int columns = slice.to() - slice.from();
        for (int i = 0; i < out.length; i++) {
            out[i] = in[i / columns * node.input().lastExtent() + slice.from() + i % columns];
        }
        return out;
    }

    private static double[] convolve(LayerNode node, Conv2D conv, Map<String, double[]> parameters, double[] in) {
        Window w = conv.window(node.input());
        double[] weights = weights(node, parameters);
        double[] out = new double[node.output().size()];
        int filters = conv.filters();
        for (int o = 0; o < out.length; o++) {
            int f = o % filters;
            int x = o / filters % w.outputWidth();
            int y = o / filters / w.outputWidth();
            out[o] = bias(node, parameters, f);
            for (int i = 0; i < w.kernelHeight(); i++) {
                for (int j = 0; j < w.kernelWidth(); j++) {
                    int row = y * w.strideHeight() + i - w.padTop();
                    int column = x * w.strideWidth() + j - w.padLeft();
                    boolean inside = row >= 0 && row < w.inputHeight() && column >= 0 && column < w.inputWidth();
                    for (int c = 0; c < w.channels() && inside; c++) {
                        out[o] += in[(row * w.inputWidth() + column) * w.channels() + c]
                                * weights[((i * w.kernelWidth() + j) * w.channels() + c) * filters + f];
                    }
                }
            }
        }
        return out;
    }

    private static double[] convolve(LayerNode node, Conv1D conv, Map<String, double[]> parameters, double[] in) {
        Window w = conv.window(node.input());
        double[] weights = weights(node, parameters);
        double[] out = new double[node.output().size()];
        for (int o = 0; o < out.length; o++) {
            int f = o % conv.filters();
            out[o] = bias(node, parameters, f);
            for (int k = 0; k < conv.kernel(); k++) {
                int t = o / conv.filters() * conv.stride() + k - w.padLeft();
                for (int c = 0; c < w.channels() && t >= 0 && t < w.inputWidth(); c++) {
                    out[o] += in[t * w.channels() + c] * weights[(k * w.channels() + c) * conv.filters() + f];
                }
            }
        }
        return out;
    }

    private static double[] multiply(LayerNode node, Map<String, double[]> parameters, double[] in) {
        double[] weights = weights(node, parameters);
        double[] out = new double[node.output().size()];
        for (int u = 0; u < out.length; u++) {
            out[u] = bias(node, parameters, u);
            for (int i = 0; i < in.length; i++) {
                out[u] += in[i] * weights[i * out.length + u];
            }
        }
        return out;
    }

    private static double[] weights(LayerNode node, Map<String, double[]> parameters) {
        return parameters.get(node.parameters().getFirst().name());
    }

    private static double bias(LayerNode node, Map<String, double[]> parameters, int output) {
        Parameter last = node.parameters().getLast();
        return last.isWeights() ? 0 : parameters.get(last.name())[output];
    }

    private static double[] pool(Window w, double[] in) {
        double[] out = new double[w.outputHeight() * w.outputWidth() * w.channels()];
        for (int o = 0; o < out.length; o++) {
            int x = o / w.channels() % w.outputWidth();
            int y = o / w.channels() / w.outputWidth();
            out[o] = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < w.kernelHeight(); i++) {
                for (int j = 0; j < w.kernelWidth(); j++) {
                    int pixel = (y * w.strideHeight() + i) * w.inputWidth() + x * w.strideWidth() + j;
                    out[o] = Math.max(out[o], in[pixel * w.channels() + o % w.channels()]);
                }
            }
        }
        return out;
    }

    private static double[] average(Window w, double[] in) {
        double[] out = new double[w.outputHeight() * w.outputWidth() * w.channels()];
        for (int o = 0; o < out.length; o++) {
            int x = o / w.channels() % w.outputWidth();
            int y = o / w.channels() / w.outputWidth();
            for (int i = 0; i < w.kernelHeight(); i++) {
                for (int j = 0; j < w.kernelWidth(); j++) {
                    int pixel = (y * w.strideHeight() + i) * w.inputWidth() + x * w.strideWidth() + j;
                    out[o] += in[pixel * w.channels() + o % w.channels()] / (w.kernelHeight() * w.kernelWidth());
                }
            }
        }
        return out;
    }

    private static double[] activate(Activation activation, double[] in, LayerNode node) {
        double[] out = in.clone();
        switch (activation) {
            case LINEAR -> {}
            case RELU -> {
                for (int i = 0; i < out.length; i++) {
                    out[i] = Math.max(out[i], 0);
                }
            }
            case SOFTMAX -> softmax(out, node.output().lastExtent());
            case TANH, SIGMOID, GELU, LEAKY_RELU, SOFTPLUS -> {
                for (int i = 0; i < out.length; i++) {
                    out[i] = ReferenceFunctions.of(activation, out[i]);
                }
            }
        }
        return out;
    }

    private static void softmax(double[] values, int classes) {
        for (int row = 0; row < values.length; row += classes) {
            double sum = 0;
            for (int i = row; i < row + classes; i++) {
                values[i] = Math.exp(values[i]);
                sum += values[i];
            }
            for (int i = row; i < row + classes; i++) {
                values[i] /= sum;
            }
        }
    }
}
