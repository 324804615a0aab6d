package dev.lossforge.runtime.backend;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.layer.Layer;
import dev.lossforge.runtime.layer.ParameterSpec;
import dev.lossforge.runtime.optimizer.Optimizer;
import dev.lossforge.runtime.tensor.Shape;
import dev.lossforge.runtime.tensor.ShapeException;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * The layers of a model in order, each with its input and output shape. The input of a layer is the output of the layer
 * before it. Layers and parameters have unique names. A model that violates this cannot be built.
 */
public final class Architecture {
    private final Shape inputShape;
    private final List<LayerNode> nodes;

    private Architecture(Shape inputShape, List<LayerNode> nodes) {
        this.inputShape = inputShape;
        this.nodes = List.copyOf(nodes);
    }

    /** Begins a model whose samples have this shape. */
    public static Builder input(int... extents) {
        return new Builder(Shape.of(extents));
    }

    /** The shape of one sample that enters. */
    public Shape inputShape() {
        return inputShape;
    }

    /** The shape of one sample that leaves. */
    public Shape outputShape() {
        return nodes.getLast().output();
    }

    public List<LayerNode> nodes() {
        return nodes;
    }

    /** All parameters, in the order of the layers. */
    public List<Parameter> parameters() {
        return nodes.stream().flatMap(node -> node.parameters().stream()).toList();
    }

    /**
     * The parameters of these layers.
     *
     * @throws ConfigurationException if the model has no layer of one of these names
     */
    public List<Parameter> parametersOf(Set<String> layers) {
        List<String> known = nodes.stream().map(LayerNode::name).toList();
        for (String layer : layers) {
            if (!known.contains(layer)) {
                throw new ConfigurationException(
                        "The model has no layer '" + layer + "'; its layers are " + String.join(", ", known) + ".");
            }
        }
        return nodes.stream()
                .filter(node -> layers.contains(node.name()))
                .flatMap(node -> node.parameters().stream())
                .toList();
    }

    /** The number of trainable values. */
    public long parameterCount() {
        return parameters().stream()
                .mapToLong(parameter -> parameter.shape().size())
                .sum();
    }

    /**
     * The initial values of all parameters. They depend only on the seed and the parameter's position, so a model
     * starts with the same values on every backend.
     */
    public SequencedMap<String, Tensor> initialParameters(long seed) {
        SplittableRandom seeds = new SplittableRandom(seed);
        SequencedMap<String, Tensor> values = new LinkedHashMap<>();
        for (Parameter parameter : parameters()) {
            ParameterSpec spec = parameter.spec();
            values.put(parameter.name(), spec.initializer().create(spec.shape(), seeds.split()));
        }
        return values;
    }

    /**
     * Checks that these are inputs of the model: {@code [samples]} followed by the input shape.
     *
     * @throws ShapeException if not
     */
    public void requireInputs(Shape inputs) {
        if (inputs.rank() == 0 || !inputs.sample().equals(inputShape)) {
            throw new ShapeException("The model takes samples of shape " + inputShape
                    + " along axis 0, but inputs of shape " + inputs + " are given.");
        }
    }

    /**
     * Checks that these are values for exactly the parameters of the model.
     *
     * @throws ConfigurationException if a name is missing or unknown
     * @throws ShapeException if a shape differs
     */
    public void requireParameters(Map<String, Tensor> values) {
        Map<String, Shape> expected = new LinkedHashMap<>();
        parameters().forEach(parameter -> expected.put(parameter.name(), parameter.shape()));
        NamedTensors.require("parameter", expected, values);
    }

    /**
     * Checks that these are values for exactly the slots that an optimizer keeps for the parameters.
     *
     * @throws ConfigurationException if a name is missing or unknown
     * @throws ShapeException if a shape differs
     */
    public void requireSlots(Optimizer optimizer, Map<String, Tensor> values) {
        Map<String, Shape> expected = new LinkedHashMap<>();
        for (Parameter parameter : parameters()) {
            optimizer.slots().forEach(slot -> expected.put(parameter.slotName(slot), parameter.shape()));
        }
        NamedTensors.require("optimiser value", expected, values);
    }

    /** Collects the layers of a model and rejects a layer that does not fit as it is added. */
    public static final class Builder {
        private final Shape inputShape;
        private final List<LayerNode> nodes = new ArrayList<>();
        private final LayerNames names = new LayerNames();

        private Builder(Shape inputShape) {
            this.inputShape = inputShape;
        }

        /** Adds a layer named after its kind: {@code dense}, the next one {@code dense_1}. */
        public Builder add(Layer layer) {
            return append(names.next(layer.kind()), layer);
        }

        /** Adds a layer under a name that no other layer of the model has. */
        public Builder add(String name, Layer layer) {
            names.claim(name);
            return append(name, layer);
        }

        private Builder append(String name, Layer layer) {
            Shape input = nodes.isEmpty() ? inputShape : nodes.getLast().output();
            try {
                nodes.add(node(name, layer, input));
            } catch (ShapeException e) {
                throw new ShapeException("Layer " + (nodes.size() + 1) + ", '" + name + "', does not fit "
                        + (nodes.isEmpty()
                                ? "the model's input"
                                : "after '" + nodes.getLast().name() + "'") + ": "
                        + e.getMessage());
            }
            return this;
        }

        private static LayerNode node(String name, Layer layer, Shape input) {
            List<Parameter> parameters = layer.parameters(input).stream()
                    .map(spec -> new Parameter(name + "." + spec.role().label(), spec))
                    .toList();
            return new LayerNode(name, layer, input, layer.outputShape(input), parameters);
        }

        public Architecture build() {
            if (nodes.isEmpty()) {
                throw new ConfigurationException("The model has no layer; add at least one.");
            }
            return new Architecture(inputShape, nodes);
        }
    }
}
