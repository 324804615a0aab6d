package dev.lossforge.runtime.tornadovm.internal.network;

import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.CompileSpec;
import dev.lossforge.runtime.tornadovm.internal.plan.Tasks;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** The layers of a model in one graph, for batches up to a maximum size: for training or for inference. */
public final class DeviceNetwork {
    private final Affine.Capacity capacity;
    private final GradientParts parts;
    private final FloatArray partGradients;
    private final Wiring wiring;
    private final SequencedMap<String, Activations> inputs;
    private final SequencedMap<String, Activations> outputs;

    /**
     * @param parameters the array that begins with all parameters, in the order of the architecture
     * @param spec the specification with the frozen layers and the seed for dropout
     * @param parts the places for gradients; they may already hold others than those of the layers
     * @param largestGroup the maximum number of work-items in a group of the device
     */
    public DeviceNetwork(
            Architecture architecture,
            CompileSpec spec,
            int samples,
            int largestGroup,
            boolean training,
            FloatArray parameters,
            GradientParts parts) {
        this.capacity = new Affine.Capacity(samples, largestGroup, new IntArray(1));
        this.parts = parts;
        ParameterBlocks blocks = ParameterBlocks.of(architecture, spec.frozenLayers(), capacity, parts);
        this.partGradients = training ? parts.array() : new FloatArray(1);
        this.wiring = new Wiring(architecture, training, capacity.batch());
        this.inputs = wiring.placeInputs(architecture, samples);
        TrainedLayers trained = new TrainedLayers(wiring, capacity, training, blocks, parameters, partGradients);
        new NetworkPlan(architecture.nodes(), wiring, capacity, training, spec.seed(), trained).addLayers();
        this.outputs = wiring.placeOutputs(architecture);
    }

    /** Adds the tasks from the inputs to the outputs. */
    public void addForward(Tasks tasks) {
        tasks.changing(batch());
        inputs.values().forEach(input -> tasks.changing(input.values()));
        wiring.addForward(tasks);
    }

    /** Adds the task that adds more gradients to those of an output. */
    public void addGradients(Tasks tasks, String output, FloatArray more) {
        Activations place = output(output);
        tasks.overItems(
                output + ".gradient_sum",
                place.values().getSize(),
                (graph, task, c) -> graph.task(
                        task, JoinKernels::add, c, place.gradients(), more, place.gradients(), place.size(), batch()));
    }

    /** Adds the tasks from the gradients of the outputs to the parts of the parameters' gradients. */
    public void addBackward(Tasks tasks) {
        if (wiring.hasTrained()) {
            for (Map.Entry<String, Activations> output : outputs.entrySet()) {
                if (output.getValue().rectified()) {
                    Rectifier.gate(tasks, output.getKey(), output.getValue(), batch());
                }
            }
        }
        wiring.addBackward(tasks);
    }

    /**
     * Adds the tasks that end a step, after the decision whether it is applied.
     *
     * @param results see {@link dev.lossforge.runtime.tornadovm.internal.plan.StepResults}
     */
    public void addSettling(Tasks tasks, FloatArray results) {
        wiring.addSettling(tasks, results);
    }

    /** Sets the number of samples and, for dropout, the number of updates before the next step. */
    public void begin(int batchSize, long step) {
        batch().set(0, batchSize);
        wiring.begin(step);
    }

    /** The inputs by name, in the order of the architecture. */
    public SequencedMap<String, Activations> inputs() {
        return inputs;
    }

    /** The outputs by name, in the order of the architecture. */
    public SequencedMap<String, Activations> outputs() {
        return outputs;
    }

    /** The output of this name. */
    public Activations output(String name) {
        return Objects.requireNonNull(outputs.get(name));
    }

    /** The number of samples, as the kernels read it. */
    public IntArray batch() {
        return capacity.batch();
    }

    /** The gradients of the parameters, part by part. */
    public FloatArray partGradients() {
        return partGradients;
    }

    public GradientParts parts() {
        return parts;
    }
}
