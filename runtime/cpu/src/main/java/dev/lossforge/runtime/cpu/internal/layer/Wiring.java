package dev.lossforge.runtime.cpu.internal.layer;

import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.LayerNode;
import dev.lossforge.runtime.layer.Flatten;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * The places of a model's values, by their numbers, and the readers of each. A flattened value shares the place of the
 * value before flattening. A value with several readers has a branch for each, and a {@link Fork} right after the
 * operation that computes it.
 */
final class Wiring {
    private final List<LayerNode> nodes;
    private final int inputs;
    private final int lanes;
    private final List<Integer> outputs;

    /** By value: the value before flattening. */
    private final int[] roots;

    /** By value: the only layer that reads it directly; −1 if there is not exactly one, or if it is an output. */
    private final int[] readers;

    /** By root: the number of operations that read it or output it. */
    private final int[] uses;

    private final @Nullable Activations[] places;
    private final Map<Integer, Deque<Activations>> branches = new LinkedHashMap<>();
    private final boolean[] trained;
    private final List<Operation> operations = new ArrayList<>();

    Wiring(Architecture architecture, int lanes) {
        this.nodes = architecture.nodes();
        this.inputs = architecture.inputs().size();
        this.lanes = lanes;
        this.outputs = List.copyOf(architecture.outputValues().values());
        int values = inputs + nodes.size();
        this.roots = new int[values];
        this.readers = new int[values];
        this.uses = new int[values];
        this.places = new Activations[values];
        this.trained = new boolean[values];
        findRoots();
        countUses();
    }

    private void findRoots() {
        for (int value = 0; value < roots.length; value++) {
            boolean flattened = value >= inputs && nodes.get(value - inputs).layer() instanceof Flatten;
            roots[value] = flattened ? roots[nodes.get(value - inputs).source()] : value;
        }
    }

    private void countUses() {
        int[] direct = new int[roots.length];
        for (int i = 0; i < nodes.size(); i++) {
            for (int source : nodes.get(i).sources()) {
                direct[source]++;
                readers[source] = i;
                uses[roots[source]] += nodes.get(i).layer() instanceof Flatten ? 0 : 1;
            }
        }
        for (int output : outputs) {
            direct[output] += 2;
            uses[roots[output]]++;
        }
        for (int value = 0; value < readers.length; value++) {
            readers[value] = direct[value] == 1 ? readers[value] : -1;
        }
    }

    /** The number of the value that the layer at a position computes. */
    int valueOf(int position) {
        return inputs + position;
    }

    /**
     * The position of the only layer that reads a value; −1 if there is not exactly one, or if the value is an output.
     */
    int onlyReader(int value) {
        return readers[value];
    }

    /** Whether a layer before a value has a trained parameter. Only then must gradients go back to the value. */
    boolean isTrained(int value) {
        return trained[roots[value]];
    }

    /** Creates the places of the inputs. */
    SequencedMap<String, Activations> placeInputs(Architecture architecture) {
        SequencedMap<String, Activations> placed = new LinkedHashMap<>();
        architecture.inputs().forEach((name, shape) -> placed.put(name, place(placed.size(), shape.size())));
        return placed;
    }

    /** Whether the value is an output that nothing else reads. Losses need such rows without gaps. */
    private boolean isExact(int root) {
        return uses[root] == 1 && outputs.stream().anyMatch(output -> roots[output] == root);
    }

    private Activations place(int root, int size) {
        Activations place = isExact(root) ? Activations.exact(size) : Activations.padded(size, lanes);
        places[root] = place;
        return place;
    }

    /** The place where an operation reads a value, with gradients for this reader only. */
    Activations read(int value) {
        Deque<Activations> own = branches.get(roots[value]);
        if (own != null) {
            return own.removeFirst();
        }
        Activations place = places[roots[value]];
        if (place == null) {
            throw new IllegalStateException("the value " + value + " is read before it is made");
        }
        return place;
    }

    /** Creates an operation, given the place of its result. */
    @FunctionalInterface
    interface Construction {
        Operation to(Activations output);
    }

    /**
     * Adds an operation whose result is an intermediate step of a value.
     *
     * @return its result
     */
    Activations addWithin(int size, Construction construction) {
        Activations between = Activations.padded(size, lanes);
        operations.add(construction.to(between));
        return between;
    }

    /** Adds an operation without a value, before the next one. */
    void addAside(Operation operation) {
        operations.add(operation);
    }

    /** Adds the operation that computes a value, and a fork after it if the value has several readers. */
    void add(int value, int size, boolean hasTrained, Construction construction) {
        Activations output = place(value, size);
        operations.add(construction.to(output));
        trained[value] = hasTrained;
        if (uses[value] > 1) {
            Deque<Activations> own = new ArrayDeque<>();
            for (int i = 0; i < uses[value]; i++) {
                own.add(output.branch());
            }
            branches.put(value, own);
            operations.add(new Fork(output, List.copyOf(own)));
        }
    }

    /** The outputs by name. An output that operations also read is copied. */
    SequencedMap<String, Activations> placeOutputs(SequencedMap<String, Integer> byName) {
        SequencedMap<String, Activations> placed = new LinkedHashMap<>();
        byName.forEach((name, value) -> {
            Activations place = read(value);
            if (!isExact(roots[value])) {
                Activations copy = Activations.exact(place.size());
                operations.add(new Sum(List.of(place), copy));
                place = copy;
            }
            placed.put(name, place);
        });
        return placed;
    }

    List<Operation> operations() {
        return operations;
    }
}
