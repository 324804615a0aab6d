package dev.lossforge.runtime.backend;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.layer.Layer;
import dev.lossforge.runtime.layer.Slice;
import dev.lossforge.runtime.tensor.Shape;
import dev.lossforge.runtime.tensor.ShapeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Collects the inputs, layers and outputs of a model, and refuses at once anything that does not fit. Values are
 * numbers in the order of their creation; the {@link Architecture} numbers inputs first.
 */
public final class GraphNodes {
    private final SequencedMap<String, Shape> inputs = new LinkedHashMap<>();
    private final SequencedMap<String, Integer> outputs = new LinkedHashMap<>();
    private final List<LayerNode> nodes = new ArrayList<>();
    private final LayerNames names = new LayerNames();

    /** The name of the input or layer that produced each value. */
    private final List<String> makers = new ArrayList<>();

    private final List<Shape> shapes = new ArrayList<>();

    /** For each value, its number among the inputs, or −1 minus its number among the layers. */
    private final List<Integer> places = new ArrayList<>();

    /** Adds an input of this shape; returns its value. */
    public int input(String name, Shape shape) {
        LayerNames.require(name);
        if (inputs.putIfAbsent(name, shape) != null) {
            throw new ConfigurationException("Two inputs are named '" + name + "'; rename one of them.");
        }
        return value(name, shape, inputs.size() - 1);
    }

    private int value(String maker, Shape shape, int place) {
        makers.add(maker);
        shapes.add(shape);
        places.add(place);
        return makers.size() - 1;
    }

    /** Adds a layer named after its kind; returns its output. */
    public int add(Layer layer, List<Integer> sources) {
        return append(names.next(layer.kind()), layer, sources);
    }

    /** Adds a layer under a unique name; returns its output. */
    public int add(String name, Layer layer, List<Integer> sources) {
        names.claim(name);
        return append(name, layer, sources);
    }

    private int append(String name, Layer layer, List<Integer> sources) {
        if (sources.size() != 1 && !layer.joins()) {
            throw new ConfigurationException("The layer '" + name + "' takes one value, but " + sources.size()
                    + " are given; join them by Add or Concatenate.");
        }
        List<Shape> in = sources.stream().map(shapes::get).toList();
        try {
            Shape output = layer.outputShape(in);
            List<Parameter> parameters = layer.parameters(in.getFirst()).stream()
                    .map(spec -> new Parameter(name + "." + spec.role().label(), spec))
                    .toList();
            return append(new LayerNode(name, layer, sources, in, output, parameters));
        } catch (ShapeException e) {
            throw new ShapeException("Layer " + (nodes.size() + 1) + ", '" + name + "', does not fit "
                    + after(layer, sources) + ": " + e.getMessage());
        }
    }

    private String after(Layer layer, List<Integer> sources) {
        if (layer.joins()) {
            return "after "
                    + sources.stream()
                            .map(value -> "'" + makers.get(value) + "' of shape " + shapes.get(value))
                            .collect(Collectors.joining(" and "));
        }
        int source = sources.getFirst();
        return places.get(source) >= 0 && inputs.size() == 1
                ? "the model's input"
                : "after '" + makers.get(source) + "'";
    }

    private int append(LayerNode node) {
        nodes.add(node);
        return value(node.name(), node.output(), -nodes.size());
    }

    /**
     * Adds a layer at another place, with the parameters of its first place.
     *
     * @param first the output of the layer at its first place
     */
    public int addAgain(int first, int source) {
        if (places.get(first) >= 0) {
            throw new ConfigurationException(
                    "'" + makers.get(first) + "' is an input and has no layer to share; share a layer.");
        }
        LayerNode original = nodes.get(-places.get(first) - 1);
        Shape shape = shapes.get(source);
        if (!original.layer().parameters(shape).equals(original.layer().parameters(original.input()))) {
            throw new ShapeException("The shared layer '" + original.name() + "' takes the shape " + original.input()
                    + " at its first place, but after '" + makers.get(source) + "' it gets " + shape
                    + "; give it values of one shape.");
        }
        return append(new LayerNode(
                names.again(original.name()),
                original.layer(),
                List.of(source),
                List.of(shape),
                original.layer().outputShape(shape),
                original.parameters()));
    }

    /** Makes a value an output of the model. */
    public void output(String name, int value) {
        LayerNames.require(name);
        if (outputs.putIfAbsent(name, value) != null) {
            throw new ConfigurationException("Two outputs are named '" + name + "'; rename one of them.");
        }
    }

    /** Splits a value's last axis into equal parts, which become outputs. */
    public void split(int value, List<String> parts) {
        Shape shape = shapes.get(value);
        if (shape.rank() == 0 || shape.lastExtent() % parts.size() != 0) {
            throw new ShapeException("The outputs " + String.join(", ", parts) + " are to be " + parts.size()
                    + " equal parts of the last axis of '" + makers.get(value) + "', which makes the shape " + shape
                    + "; give that axis a multiple of " + parts.size() + " entries.");
        }
        int size = shape.lastExtent() / parts.size();
        for (int i = 0; i < parts.size(); i++) {
            output(parts.get(i), add(Slice.of(i * size, (i + 1) * size), List.of(value)));
        }
    }

    /**
     * The model.
     *
     * @throws ConfigurationException if it has no layer or no output, or if something leads to no output
     */
    public Architecture build() {
        if (nodes.isEmpty()) {
            throw new ConfigurationException("The model has no layer; add at least one.");
        }
        if (outputs.isEmpty()) {
            throw new ConfigurationException("The model has no output; name at least one.");
        }
        Set<Integer> used = new TreeSet<>(outputs.values());
        nodes.forEach(node -> used.addAll(node.sources()));
        for (int value = 0; value < makers.size(); value++) {
            if (!used.contains(value)) {
                throw new ConfigurationException("'" + makers.get(value)
                        + "' leads to no output; make it one, give it to a layer, or leave it out.");
            }
        }
        SequencedMap<String, Integer> numbered = new LinkedHashMap<>();
        outputs.forEach((name, value) -> numbered.put(name, number(value)));
        return new Architecture(inputs, nodes.stream().map(this::numbered).toList(), numbered);
    }

    private LayerNode numbered(LayerNode node) {
        return new LayerNode(
                node.name(),
                node.layer(),
                node.sources().stream().map(this::number).toList(),
                node.inputs(),
                node.output(),
                node.parameters());
    }

    private int number(int value) {
        int place = places.get(value);
        return place >= 0 ? place : inputs.size() - place - 1;
    }
}
