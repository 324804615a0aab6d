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
 * Where the values of a model lie, by their numbers, and who reads them. Flattened values are those before flattening.
 * A value that several read has a branch for each, and a {@link Fork} right after what makes it.
 */
final class Wiring {
    private final List<LayerNode> nodes;
    private final int inputs;
    private final int lanes;
    private final List<Integer> outputs;

    /** By value: the one that it is without flattening. */
    private final int[] roots;

    /** By value: the only layer that reads it directly, −1 if there are none or several, or if it is an output. */
    private final int[] readers;

    /** By root: how many operations read it, or output it. */
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

    /** The number of what the layer at a position makes. */
    int valueOf(int position) {
        return inputs + position;
    }

    /** The position of the only layer that reads a value, −1 if other layers read it too, or if it is an output. */
    int onlyReader(int value) {
        return readers[value];
    }

    /** Whether a parameter of a layer before a value is trained: only then need gradients go back to it. */
    boolean isTrained(int value) {
        return trained[roots[value]];
    }

    /** Makes the places of the inputs. */
    SequencedMap<String, Activations> placeInputs(Architecture architecture) {
        SequencedMap<String, Activations> placed = new LinkedHashMap<>();
        architecture.inputs().forEach((name, shape) -> placed.put(name, place(placed.size(), shape.size())));
        return placed;
    }

    /** Whether it is an output that nothing else reads, whose rows the losses want without gaps. */
    private boolean isExact(int root) {
        return uses[root] == 1 && outputs.stream().anyMatch(output -> roots[output] == root);
    }

    private Activations place(int root, int size) {
        Activations place = isExact(root) ? Activations.exact(size) : Activations.padded(size, lanes);
        places[root] = place;
        return place;
    }

    /** Where an operation reads a value, with gradients for this reader alone. */
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

    /** An operation that still lacks the place of what it makes. */
    @FunctionalInterface
    interface Construction {
        Operation to(Activations output);
    }

    /**
     * Adds an operation in the middle of what is to become one value.
     *
     * @return its result
     */
    Activations addWithin(int size, Construction construction) {
        Activations between = Activations.padded(size, lanes);
        operations.add(construction.to(between));
        return between;
    }

    /** Adds an operation that makes no value, before the next one. */
    void addAside(Operation operation) {
        operations.add(operation);
    }

    /** Adds the operation that makes a value, and the fork behind it if several read it. */
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

    /** The outputs by name, and copies of those that others read too. */
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
