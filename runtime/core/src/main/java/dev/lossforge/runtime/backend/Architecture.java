package dev.lossforge.runtime.backend;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.data.Outputs;
import dev.lossforge.runtime.layer.Layer;
import dev.lossforge.runtime.layer.Layer.ParameterSpec;
import dev.lossforge.runtime.optimizer.Optimizer;
import dev.lossforge.runtime.tensor.Shape;
import dev.lossforge.runtime.tensor.ShapeException;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * The layers of a model, with all shapes, ordered so that each layer reads only inputs and the outputs of earlier
 * layers. The simplest architecture is a {@linkplain #isChain chain}. Layers, parameters, inputs and outputs have
 * unique names. A model that violates this cannot be built.
 */
public final class Architecture {
    private final SequencedMap<String, Shape> inputs;
    private final List<LayerNode> nodes;
    private final SequencedMap<String, Integer> outputs;

    Architecture(SequencedMap<String, Shape> inputs, List<LayerNode> nodes, SequencedMap<String, Integer> outputs) {
        this.inputs = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(inputs));
        this.nodes = List.copyOf(nodes);
        this.outputs = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(outputs));
    }

    /** Starts a chain of layers whose samples have this shape. */
    public static Builder input(int... extents) {
        return new Builder(Shape.of(extents));
    }

    /** The shape of one sample of the input, or of the first of several inputs. */
    public Shape inputShape() {
        return inputs.firstEntry().getValue();
    }

    /** The shape of one sample of the output, or of the first of several outputs. */
    public Shape outputShape() {
        return valueShape(outputs.firstEntry().getValue());
    }

    /** The shape of one sample of each input, by name. */
    public SequencedMap<String, Shape> inputs() {
        return inputs;
    }

    /** The shape of one sample of each output, by name. */
    public SequencedMap<String, Shape> outputs() {
        SequencedMap<String, Shape> shapes = new LinkedHashMap<>();
        outputs.forEach((name, value) -> shapes.put(name, valueShape(value)));
        return shapes;
    }

    /** The number of the value for each output, by name; see {@link LayerNode}. */
    public SequencedMap<String, Integer> outputValues() {
        return outputs;
    }

    private Shape valueShape(int value) {
        return value < inputs.size()
                ? inputs.values().stream().skip(value).findFirst().orElseThrow()
                : nodes.get(value - inputs.size()).output();
    }

    public List<LayerNode> nodes() {
        return nodes;
    }

    /** Whether the layers form a chain from one input to one output. */
    public boolean isChain() {
        boolean chain = inputs.size() == 1
                && outputs.size() == 1
                && outputs.firstEntry().getValue() == nodes.size();
        for (int i = 0; i < nodes.size(); i++) {
            chain &= nodes.get(i).sources().equals(List.of(i));
        }
        return chain;
    }

    /** All parameters, in the order of the layers. */
    public List<Parameter> parameters() {
        return nodes.stream()
                .flatMap(node -> node.parameters().stream())
                .distinct()
                .toList();
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
                .distinct()
                .toList();
    }

    /** The number of trainable values. */
    public long parameterCount() {
        return parameters().stream()
                .filter(Parameter::isTrained)
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
     * Checks that this is the shape of inputs of the model: {@code [samples]} followed by the input shape.
     *
     * @throws ShapeException if it is not
     */
    public void requireInputs(Shape shape) {
        if (inputs.size() != 1) {
            throw new ConfigurationException("The model takes the inputs " + String.join(", ", inputs.keySet())
                    + ", but one is given without a name; give all of them by name.");
        }
        requireInput(inputShape(), shape, "");
    }

    /**
     * Checks that these are the inputs of the model, by name. If there is only one input, its name does not matter.
     *
     * @throws ConfigurationException if a name is missing or unknown
     * @throws ShapeException if a shape does not fit
     */
    public void requireInputs(Map<String, Tensor> given) {
        if (inputs.size() == 1 && given.size() == 1) {
            requireInputs(given.values().iterator().next().shape());
            return;
        }
        if (!given.keySet().equals(inputs.keySet())) {
            throw new ConfigurationException("The model takes the inputs " + String.join(", ", inputs.keySet())
                    + ", but the data has "
                    + (given.isEmpty() ? "none" : String.join(", ", given.keySet())) + "; use the same names.");
        }
        given.forEach((name, tensor) ->
                requireInput(inputs.getOrDefault(name, Shape.scalar()), tensor.shape(), " of '" + name + "'"));
    }

    private static void requireInput(Shape expected, Shape given, String which) {
        if (given.rank() == 0 || !given.sample().equals(expected)) {
            throw new ShapeException("The model takes samples" + which + " of shape " + expected
                    + " along axis 0, but inputs of shape " + given + " are given.");
        }
    }

    /**
     * Checks that these are values for exactly the parameters of the model.
     *
     * @throws ConfigurationException if a name is missing or unknown
     * @throws ShapeException if a shape differs
     */
    public void requireParameters(Map<String, Tensor> values) {
        NamedTensors.requireParameters(parameters(), values);
    }

    /**
     * Checks that these are values for exactly the slots that an optimizer keeps for the parameters.
     *
     * @throws ConfigurationException if a name is missing or unknown
     * @throws ShapeException if a shape differs
     */
    public void requireSlots(Optimizer optimizer, Map<String, Tensor> values) {
        NamedTensors.requireSlots(parameters(), optimizer, values);
    }

    /** Collects the layers of a chain and rejects a layer that does not fit as soon as it is added. */
    public static final class Builder {
        private final GraphNodes graph = new GraphNodes();
        private int last;
        private List<String> split = List.of();

        private Builder(Shape inputShape) {
            last = graph.input("input", inputShape);
        }

        /** Adds a layer named after its kind: {@code dense}, the next one {@code dense_1}. */
        public Builder add(Layer layer) {
            last = graph.add(layer, List.of(last));
            return this;
        }

        /** Adds a layer under a name that no other layer of the model has. */
        public Builder add(String name, Layer layer) {
            last = graph.add(name, layer, List.of(last));
            return this;
        }

        /**
         * Splits the last layer's last axis into equal parts, which become outputs, in order. After a
         * {@code Dense.of(2)}, {@code split("mean", "logVariance")} makes two outputs of shape {@code [1]}.
         */
        public Builder split(String... names) {
            split = List.of(names);
            return this;
        }

        /**
         * The model.
         *
         * @throws ConfigurationException if it has no layer
         * @throws ShapeException if the last axis cannot be split equally
         */
        public Architecture build() {
            if (split.isEmpty()) {
                graph.output(Outputs.DEFAULT, last);
            } else {
                graph.split(last, split);
            }
            return graph.build();
        }
    }
}
