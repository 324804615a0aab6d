package dev.lossforge.runtime.tornadovm.internal.network;

import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.LayerNode;
import dev.lossforge.runtime.layer.Dropout;
import dev.lossforge.runtime.layer.Flatten;
import dev.lossforge.runtime.tornadovm.internal.plan.Tasks;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The arrays of a model's values, by their numbers, and the readers of each. A flattened value shares the array of the
 * value before flattening. Outside training, the output of dropout shares the array of its input. A value with several
 * readers has separate gradients for each, and a {@link Fork} right after the layer that computes it.
 */
final class Wiring {
    private final List<LayerNode> nodes;
    private final int inputs;
    private final List<Integer> outputs;
    private final boolean training;
    private final IntArray batch;

    /** By value: the value whose array it shares; the value itself if it shares none. */
    private final int[] roots;

    /** By root: the number of layers that read it, plus the number of outputs that it is. */
    private final int[] uses;

    private final boolean[] trained;
    private final Map<Integer, Deque<Activations>> readers = new HashMap<>();
    private final List<Step> steps = new ArrayList<>();

    /** A layer, and whether a layer before it is trained. */
    private record Step(DeviceLayer layer, boolean inputGradients) {}

    Wiring(Architecture architecture, boolean training, IntArray batch) {
        this.nodes = architecture.nodes();
        this.inputs = architecture.inputs().size();
        this.outputs = List.copyOf(architecture.outputValues().values());
        this.training = training;
        this.batch = batch;
        int values = inputs + nodes.size();
        this.roots = new int[values];
        this.uses = new int[values];
        this.trained = new boolean[values];
        for (int value = 0; value < values; value++) {
            roots[value] = value >= inputs && isSame(nodes.get(value - inputs))
                    ? roots[nodes.get(value - inputs).source()]
                    : value;
        }
        for (LayerNode node : nodes) {
            if (!isSame(node)) {
                node.sources().forEach(source -> uses[roots[source]]++);
            }
        }
        outputs.forEach(output -> uses[roots[output]]++);
    }

    private boolean isSame(LayerNode node) {
        return node.layer() instanceof Flatten || !training && node.layer() instanceof Dropout;
    }

    /** Whether the output of the layer at a position is read only by the next layer. */
    boolean isReadByNextAlone(int position) {
        int value = inputs + position;
        return position + 1 < nodes.size()
                && uses[value] == 1
                && nodes.get(position + 1).sources().equals(List.of(value));
    }

    /** Whether a layer before a value is trained. Only then must gradients go back to the value. */
    boolean isTrained(int value) {
        return trained[roots[value]];
    }

    /** The arrays from which a layer reads a value, with gradients for this reader only. */
    Activations read(int value) {
        Deque<Activations> own = readers.get(roots[value]);
        if (own == null) {
            throw new IllegalStateException("the value " + value + " is read before it is made");
        }
        return own.removeFirst();
    }

    /** Creates the arrays of the inputs. Only losses compute their gradients, where an input is also an output. */
    SequencedMap<String, Activations> placeInputs(Architecture architecture, int samples) {
        SequencedMap<String, Activations> placed = new LinkedHashMap<>();
        architecture.inputs().forEach((name, shape) -> {
            int value = placed.size();
            boolean isOutput = outputs.stream().anyMatch(output -> roots[output] == value);
            Activations input = Activations.of(samples, shape.size(), training && isOutput, false);
            readers.put(value, new ArrayDeque<>(Collections.nCopies(uses[value], input)));
            placed.put(name, input);
        });
        return placed;
    }

    /** The arrays of the outputs, after all layers have been added. */
    SequencedMap<String, Activations> placeOutputs(Architecture architecture) {
        SequencedMap<String, Activations> placed = new LinkedHashMap<>();
        architecture.outputValues().forEach((name, value) -> placed.put(name, read(value)));
        return placed;
    }

    /** Adds a layer that computes an intermediate step of a value. */
    void addWithin(int position, DeviceLayer layer) {
        boolean inputGradients = nodes.get(position).sources().stream().anyMatch(this::isTrained);
        int value = inputs + position;
        steps.add(new Step(layer, inputGradients || trained[value]));
        trained[value] |= inputGradients || layer.isTrained();
    }

    /** Adds the layer that computes a value, and a fork after it if the value has several readers. */
    void add(int position, DeviceLayer layer, Activations output) {
        addWithin(position, layer);
        finish(position, output);
    }

    /** Sets the arrays of a value whose layers have been added. */
    void finish(int position, Activations output) {
        int value = inputs + position;
        trained[value] |= nodes.get(position).sources().stream().anyMatch(this::isTrained);
        int count = uses[value];
        List<Activations> own = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            own.add(count == 1 ? output : branch(output));
        }
        readers.put(value, new ArrayDeque<>(own));
        if (count > 1) {
            Fork fork = new Fork(nodes.get(position).name(), output, List.copyOf(own), batch);
            steps.add(new Step(fork, trained[value]));
        }
    }

    private static Activations branch(Activations trunk) {
        FloatArray gradients = new FloatArray(trunk.gradients().getSize());
        return new Activations(trunk.size(), trunk.values(), gradients, trunk.rectified());
    }

    void addForward(Tasks tasks) {
        steps.forEach(step -> step.layer().forward(tasks));
    }

    void addBackward(Tasks tasks) {
        for (Step step : steps.reversed()) {
            if (step.inputGradients() || step.layer().isTrained()) {
                step.layer().backward(tasks, step.inputGradients());
            }
        }
    }

    /** Adds the tasks that end a step; see {@link DeviceLayer#settle}. */
    void addSettling(Tasks tasks, FloatArray results) {
        steps.forEach(step -> step.layer().settle(tasks, results));
    }

    /** Whether any layer is trained. */
    boolean hasTrained() {
        return steps.stream().anyMatch(step -> step.layer().isTrained());
    }

    /** Prepares the next step; its number determines what dropout drops. */
    void begin(long step) {
        for (Step each : steps) {
            if (each.layer() instanceof RandomDropout dropout) {
                dropout.begin(step);
            }
        }
    }
}
