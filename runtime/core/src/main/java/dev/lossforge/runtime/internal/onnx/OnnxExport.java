package dev.lossforge.runtime.internal.onnx;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.LayerNode;
import dev.lossforge.runtime.internal.model.ArchitectureJson;
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
import dev.lossforge.runtime.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A model as an ONNX model ({@code ModelProto}): its inputs and outputs with their names and layout, its layers as
 * operations of ONNX's operator set 17, its parameters as constants.
 *
 * @see <a href="https://github.com/onnx/onnx/blob/main/docs/Operators.md">ONNX, Operator Schemas</a>
 */
public final class OnnxExport {
    private static final int IR_VERSION = 8;
    private static final int OPERATOR_SET = 17;

    private final Architecture architecture;
    private final OnnxGraph graph = new OnnxGraph();
    private final OnnxValues values = new OnnxValues(graph);
    private final OnnxFunctions functions = new OnnxFunctions(graph, values);
    private final OnnxWindows windows;
    private final OnnxSequences sequences;

    private OnnxExport(Architecture architecture, Map<String, Tensor> parameters) {
        this.architecture = architecture;
        OnnxParameters constants = new OnnxParameters(graph, parameters);
        this.windows = new OnnxWindows(graph, values, constants, functions);
        this.sequences = new OnnxSequences(graph, values, constants, functions);
    }

    /**
     * The bytes of the model.
     *
     * @param parameters the values of all its parameters
     * @throws ConfigurationException if ONNX cannot express the model
     */
    public static byte[] bytes(Architecture architecture, Map<String, Tensor> parameters) {
        architecture.requireParameters(parameters);
        requireRoom(parameters);
        return new OnnxExport(architecture, parameters).model().toBytes();
    }

    /** Whether a file begins as those do that are written here. */
    public static boolean isIn(Path file) throws IOException {
        byte[] begin = head().toBytes();
        try (InputStream stream = Files.newInputStream(file)) {
            return Arrays.equals(stream.readNBytes(begin.length), begin);
        }
    }

    private static ProtobufMessage head() {
        return new ProtobufMessage().with(1, IR_VERSION).with(2, "Lossforge");
    }

    private static void requireRoom(Map<String, Tensor> parameters) {
        long size = parameters.values().stream().mapToLong(Tensor::size).sum() * Float.BYTES;
        if (size > Integer.MAX_VALUE - (1 << 20)) {
            throw new ConfigurationException("The model has " + size
                    + " bytes of parameters, but an ONNX file holds less than 2 GiB; make its layers smaller.");
        }
    }

    private ProtobufMessage model() {
        architecture.inputs().forEach((name, shape) -> {
            graph.input(name, shape);
            values.add(shape.rank(), name, false);
        });
        architecture.nodes().forEach(this::add);
        addOutputs();
        ProtobufMessage operators = new ProtobufMessage().with(1, "").with(2, OPERATOR_SET);
        ProtobufMessage layers =
                new ProtobufMessage().with(1, "lossforge.architecture").with(2, ArchitectureJson.write(architecture));
        return head().with(6, "The first axis of inputs and outputs is the batch; images have their channels last.")
                .with(7, graph.message("lossforge"))
                .with(8, operators)
                .with(14, layers);
    }

    private void addOutputs() {
        architecture.outputValues().forEach((name, value) -> {
            if (architecture.inputs().containsKey(name)) {
                throw new ConfigurationException("An input and an output are named '" + name
                        + "', which ONNX cannot tell apart; rename one of them.");
            }
            graph.node("Identity", name, values.channelsLast(value));
        });
        architecture.outputs().forEach(graph::output);
    }

    private void add(LayerNode node) {
        int source = node.source();
        switch (node.layer()) {
            case Conv2D conv -> windows.add(node, conv);
            case Conv1D conv -> windows.add(node, conv);
            case ConvTranspose2D conv -> windows.add(node, conv);
            case MaxPool2D pool -> windows.addPool(node, "MaxPool", pool.window(node.input()));
            case AveragePool2D pool -> windows.addPool(node, "AveragePool", pool.window(node.input()));
            case GlobalAveragePool2D pool -> windows.addMean(node);
            case BatchNorm norm -> windows.add(node, norm);
            case Dense dense -> sequences.add(node, dense);
            case Gru gru -> sequences.add(node, gru);
            case Embedding embedding -> sequences.addLookup(node);
            case LayerNorm norm -> sequences.add(node, norm);
            case ReLU relu -> addFunction(node, Activation.RELU);
            case Pointwise pointwise -> addFunction(node, pointwise.activation());
            case Softmax softmax -> addFunction(node, Activation.SOFTMAX);
            case Dropout dropout -> values.addSame(source);
            case Flatten flatten -> {
                String output = values.fresh(node.name(), "Flatten");
                graph.node("Flatten", output, values.channelsLast(source)).with("axis", 1L);
                values.add(1, output, false);
            }
            case Add add -> join(node, "Sum");
            case Concatenate concatenate ->
                join(node, "Concat").with("axis", (long) node.output().rank());
            case Slice slice -> addSlice(node, slice);
        }
    }

    private void addFunction(LayerNode node, Activation activation) {
        boolean first = activation != Activation.SOFTMAX && values.isChannelsFirst(node.source());
        String input = first ? values.channelsFirst(node.source()) : values.channelsLast(node.source());
        values.add(node.output().rank(), functions.apply(node.name(), activation, input), first);
    }

    private OnnxNode join(LayerNode node, String operator) {
        boolean first = operator.equals("Sum") && node.sources().stream().allMatch(values::isChannelsFirst);
        List<String> inputs = node.sources().stream()
                .map(value -> first ? values.channelsFirst(value) : values.channelsLast(value))
                .toList();
        String output = values.fresh(node.name(), operator);
        values.add(node.output().rank(), output, first);
        return graph.node(operator, output, inputs.toArray(String[]::new));
    }

    private void addSlice(LayerNode node, Slice slice) {
        String output = values.fresh(node.name(), "Slice");
        graph.node(
                "Slice",
                output,
                values.channelsLast(node.source()),
                graph.constant(output + "/from", slice.from()),
                graph.constant(output + "/to", slice.to()),
                graph.constant(output + "/axis", node.output().rank()));
        values.add(node.output().rank(), output, false);
    }
}
