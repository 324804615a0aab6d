package dev.lossforge.runtime.internal.onnx;

import dev.lossforge.runtime.tensor.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects the parts of a graph ({@code GraphProto}). The first axis of inputs and outputs is {@code batch}. */
final class OnnxGraph {
    /** The constants of {@code TensorProto.DataType}. */
    private static final int FLOAT = 1;

    private static final int INT64 = 7;

    private final List<OnnxNode> nodes = new ArrayList<>();
    private final Map<String, ProtobufMessage> constants = new LinkedHashMap<>();
    private final List<ProtobufMessage> inputs = new ArrayList<>();
    private final List<ProtobufMessage> outputs = new ArrayList<>();

    void input(String name, Shape sample) {
        inputs.add(value(name, sample));
    }

    void output(String name, Shape sample) {
        outputs.add(value(name, sample));
    }

    /** A {@code ValueInfoProto} of type float. */
    private static ProtobufMessage value(String name, Shape sample) {
        ProtobufMessage shape = new ProtobufMessage().with(1, new ProtobufMessage().with(2, "batch"));
        for (int extent : sample.toArray()) {
            shape.with(1, new ProtobufMessage().with(1, extent));
        }
        ProtobufMessage tensor = new ProtobufMessage().with(1, FLOAT).with(2, shape);
        return new ProtobufMessage().with(1, name).with(2, new ProtobufMessage().with(1, tensor));
    }

    /** Adds an operation, whose output has this name and is returned. */
    OnnxNode node(String operator, String output, String... operands) {
        OnnxNode node = new OnnxNode(operator, output, List.of(operands));
        nodes.add(node);
        return node;
    }

    /** Adds a constant of floats in row-major order, unless it exists, and returns its name. */
    String constant(String name, float[] values, int... extents) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        constants.putIfAbsent(name, tensor(name, FLOAT, bytes.array(), extents));
        return name;
    }

    /** A constant row of whole numbers; returns its name. */
    String constant(String name, long... values) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Long.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(values);
        constants.putIfAbsent(name, tensor(name, INT64, bytes.array(), values.length));
        return name;
    }

    private static ProtobufMessage tensor(String name, int type, byte[] bytes, int... extents) {
        ProtobufMessage tensor = new ProtobufMessage();
        for (int extent : extents) {
            tensor.with(1, extent);
        }
        return tensor.with(2, type).with(8, name).with(9, bytes);
    }

    ProtobufMessage message(String name) {
        ProtobufMessage graph = new ProtobufMessage();
        nodes.forEach(node -> graph.with(1, node.message()));
        graph.with(2, name);
        constants.values().forEach(constant -> graph.with(5, constant));
        inputs.forEach(input -> graph.with(11, input));
        outputs.forEach(output -> graph.with(12, output));
        return graph;
    }
}
