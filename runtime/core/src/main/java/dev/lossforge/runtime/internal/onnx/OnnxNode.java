package dev.lossforge.runtime.internal.onnx;

import java.util.ArrayList;
import java.util.List;

/** An operation of a graph ({@code NodeProto}) with one output, whose name is also that of the node. */
final class OnnxNode {
    /** The constants of {@code AttributeProto.AttributeType}. */
    private static final int FLOAT = 1;

    private static final int INT = 2;
    private static final int INTS = 7;

    private final String operator;
    private final String output;
    private final List<String> inputs;
    private final List<ProtobufMessage> attributes = new ArrayList<>();
    private boolean secondOutput;

    OnnxNode(String operator, String output, List<String> inputs) {
        this.operator = operator;
        this.output = output;
        this.inputs = List.copyOf(inputs);
    }

    OnnxNode with(String attribute, long value) {
        attributes.add(attribute(attribute, INT).with(3, value));
        return this;
    }

    OnnxNode with(String attribute, float value) {
        attributes.add(attribute(attribute, FLOAT).with(2, value));
        return this;
    }

    OnnxNode with(String attribute, int... values) {
        ProtobufMessage message = attribute(attribute, INTS);
        for (int value : values) {
            message.with(8, value);
        }
        attributes.add(message);
        return this;
    }

    private static ProtobufMessage attribute(String name, int type) {
        return new ProtobufMessage().with(1, name).with(20, type);
    }

    /** Takes the operator's second output instead of its first. */
    OnnxNode secondOutput() {
        secondOutput = true;
        return this;
    }

    ProtobufMessage message() {
        ProtobufMessage message = new ProtobufMessage();
        inputs.forEach(input -> message.with(1, input));
        if (secondOutput) {
            message.with(2, "");
        }
        message.with(2, output).with(3, output).with(4, operator);
        attributes.forEach(attribute -> message.with(5, attribute));
        return message;
    }
}
