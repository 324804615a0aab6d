package dev.lossforge.runtime.internal.onnx;

import dev.lossforge.runtime.backend.LayerNode;
import dev.lossforge.runtime.internal.Window;
import dev.lossforge.runtime.layer.Activation;
import dev.lossforge.runtime.layer.BatchNorm;
import dev.lossforge.runtime.layer.Conv1D;
import dev.lossforge.runtime.layer.Conv2D;
import dev.lossforge.runtime.layer.ConvTranspose2D;
import java.util.ArrayList;
import java.util.List;

/** Layers whose ONNX operations have the channels after the batch. */
final class OnnxWindows {
    private final OnnxGraph graph;
    private final OnnxValues values;
    private final OnnxParameters parameters;
    private final OnnxFunctions functions;

    OnnxWindows(OnnxGraph graph, OnnxValues values, OnnxParameters parameters, OnnxFunctions functions) {
        this.graph = graph;
        this.values = values;
        this.parameters = parameters;
        this.functions = functions;
    }

    void add(LayerNode node, Conv2D conv) {
        Window window = conv.window(node.input());
        String weights = parameters.transposed(node, 0, 3, 2, 0, 1);
        String output = values.fresh(node.name(), "Conv");
        graph.node("Conv", output, operands(node, weights, conv.bias()))
                .with("kernel_shape", window.kernelHeight(), window.kernelWidth())
                .with("strides", window.strideHeight(), window.strideWidth())
                .with("pads", window.padTop(), window.padLeft(), below(window), right(window));
        addActivated(node, conv.activation(), output);
    }

    void add(LayerNode node, Conv1D conv) {
        Window window = conv.window(node.input());
        String weights = parameters.transposed(node, 0, 2, 1, 0);
        String output = values.fresh(node.name(), "Conv");
        graph.node("Conv", output, operands(node, weights, conv.bias()))
                .with("kernel_shape", new int[] {window.kernelWidth()})
                .with("strides", new int[] {window.strideWidth()})
                .with("pads", window.padLeft(), right(window));
        addActivated(node, conv.activation(), output);
    }

    void add(LayerNode node, ConvTranspose2D conv) {
        String weights = parameters.transposed(node, 0, 3, 2, 0, 1);
        String output = values.fresh(node.name(), "ConvTranspose");
        graph.node("ConvTranspose", output, operands(node, weights, conv.bias()))
                .with("kernel_shape", conv.kernelHeight(), conv.kernelWidth())
                .with("strides", conv.strideHeight(), conv.strideWidth())
                .with("pads", conv.paddingHeight(), conv.paddingWidth(), conv.paddingHeight(), conv.paddingWidth())
                .with("output_padding", conv.outputPaddingHeight(), conv.outputPaddingWidth());
        addActivated(node, conv.activation(), output);
    }

    private String[] operands(LayerNode node, String weights, boolean bias) {
        List<String> operands = new ArrayList<>(List.of(values.channelsFirst(node.source()), weights));
        if (bias) {
            operands.add(parameters.asIs(node, 1));
        }
        return operands.toArray(String[]::new);
    }

    /** The zeros below the image that the last window reads. */
    private static int below(Window window) {
        return behind(
                window.outputHeight(),
                window.strideHeight(),
                window.kernelHeight(),
                window.padTop(),
                window.inputHeight());
    }

    private static int right(Window window) {
        return behind(
                window.outputWidth(),
                window.strideWidth(),
                window.kernelWidth(),
                window.padLeft(),
                window.inputWidth());
    }

    private static int behind(int output, int stride, int kernel, int before, int input) {
        return Math.max((output - 1) * stride + kernel - before - input, 0);
    }

    /** Adds the activation. A softmax runs over the channels and needs them last. */
    private void addActivated(LayerNode node, Activation activation, String output) {
        int rank = node.output().rank();
        if (activation != Activation.SOFTMAX) {
            values.add(rank, functions.apply(node.name(), activation, output), true);
            return;
        }
        values.add(rank, functions.apply(node.name(), activation, values.channelsLast(output, rank)), false);
    }

    void addPool(LayerNode node, String operator, Window window) {
        String output = values.fresh(node.name(), operator);
        graph.node(operator, output, values.channelsFirst(node.source()))
                .with("kernel_shape", window.kernelHeight(), window.kernelWidth())
                .with("strides", window.strideHeight(), window.strideWidth());
        values.add(node.output().rank(), output, true);
    }

    /** Adds the mean over the image. */
    void addMean(LayerNode node) {
        boolean first = values.isChannelsFirst(node.source());
        String input = first ? values.channelsFirst(node.source()) : values.channelsLast(node.source());
        String output = values.fresh(node.name(), "ReduceMean");
        graph.node("ReduceMean", output, input)
                .with("axes", first ? new int[] {2, 3} : new int[] {1, 2})
                .with("keepdims", 0L);
        values.add(1, output, false);
    }

    /** Adds a normalization by the running statistics. */
    void add(LayerNode node, BatchNorm norm) {
        String output = values.fresh(node.name(), "BatchNormalization");
        graph.node(
                        "BatchNormalization",
                        output,
                        values.channelsFirst(node.source()),
                        parameters.asIs(node, 0),
                        parameters.asIs(node, 1),
                        parameters.asIs(node, 2),
                        parameters.asIs(node, 3))
                .with("epsilon", (float) norm.epsilon());
        values.add(node.output().rank(), output, true);
    }
}
