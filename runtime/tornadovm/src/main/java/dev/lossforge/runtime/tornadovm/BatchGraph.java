package dev.lossforge.runtime.tornadovm;

import dev.lossforge.runtime.backend.CompileSpec;
import dev.lossforge.runtime.data.Outputs;
import dev.lossforge.runtime.loss.LossResult;
import dev.lossforge.runtime.tornadovm.internal.network.Activations;
import dev.lossforge.runtime.tornadovm.internal.network.DeviceNetwork;
import dev.lossforge.runtime.tornadovm.internal.network.GradientParts;
import dev.lossforge.runtime.tornadovm.internal.plan.HostArrays;
import dev.lossforge.runtime.tornadovm.internal.plan.StepResults;
import dev.lossforge.runtime.tornadovm.internal.plan.Tasks;
import dev.lossforge.runtime.tornadovm.internal.training.PenaltyTasks;
import dev.lossforge.runtime.tornadovm.internal.training.TrainedParameters;
import dev.lossforge.runtime.tornadovm.internal.training.UpdateTasks;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * One graph of a model's plan. It runs a batch through the network and, depending on its purpose, through the losses,
 * the backward pass and the update of the parameters.
 */
final class BatchGraph {
    private final Tasks tasks;
    private final DeviceNetwork network;
    private final StepResults results;
    private final UpdateTasks update;
    private final @Nullable DeviceObjective objective;
    private final @Nullable GivenGradients given;

    /** What a graph computes. */
    enum Purpose {
        /** Outputs, losses, gradients, update. */
        TRAIN("train_graph"),
        /** Outputs and losses, without dropout. */
        EVALUATE("evaluate_graph"),
        /** Outputs as in training. */
        OUTPUTS("outputs_graph"),
        /** Outputs, and an update along gradients from the caller. */
        UPDATE("update_graph");

        /** The name of the graph. TornadoVM takes the name of a task that begins with it for a name with both. */
        private final String graph;

        Purpose(String graph) {
            this.graph = graph;
        }
    }

    /**
     * @param samples the maximum number of samples in a batch
     * @param shapes the shape of what each loss sees
     */
    BatchGraph(DeviceProgram program, ModelState state, int samples, List<LossShape> shapes, Purpose purpose) {
        CompileSpec spec = program.spec();
        int largestGroup = program.device().largestGroup();
        boolean training = purpose != Purpose.EVALUATE;
        boolean hasLosses = purpose == Purpose.TRAIN || purpose == Purpose.EVALUATE;
        TrainedParameters trained = TrainedParameters.of(program.architecture(), spec);
        GradientParts parts = new GradientParts();
        FloatArray weights = state.weights();
        this.tasks = new Tasks(purpose.graph, largestGroup);
        this.objective = hasLosses ? new DeviceObjective(program, shapes, samples, training, tasks, parts) : null;
        this.network =
                new DeviceNetwork(program.architecture(), spec, samples, largestGroup, training, state.array(), parts);
        this.given = purpose == Purpose.UPDATE ? new GivenGradients(network, tasks) : null;
        this.results = StepResults.of(
                Math.max(1, spec.losses().size()), program.penalties().size(), trained.hyperparameters());
        this.update = new UpdateTasks(tasks, spec, trained, state.array(), weights, results);
        tasks.constant(results.array(), weights);
        network.addForward(tasks);
        if (objective != null) {
            objective.add(network, state.array(), results);
        }
        if (purpose != Purpose.OUTPUTS) {
            addPenalties(program, state, weights, training);
        }
    }

    private void addPenalties(DeviceProgram program, ModelState state, FloatArray weights, boolean training) {
        PenaltyTasks penalties = new PenaltyTasks(program.penalties(), state.size());
        if (training) {
            network.addBackward(tasks);
        }
        penalties.add(tasks, state.size(), state.array(), weights, training, results);
        if (training) {
            FloatArray losses =
                    given == null ? Objects.requireNonNull(objective).firstPartials() : given.value();
            update.add(network, penalties, losses);
            network.addSettling(tasks, results.array());
        }
    }

    /** Writes the data of a batch that the device needs. */
    void write(HostBatch batch, double learningRate, long step) {
        writeInputs(batch, learningRate, step);
        if (objective != null) {
            objective.write(batch);
        }
    }

    /** Writes samples for which no loss is computed. */
    void writeInputs(HostBatch batch, double learningRate, long step) {
        int i = 0;
        for (Activations input : network.inputs().values()) {
            HostArrays.copy(batch.inputs().get(i++).array(), input.values());
        }
        network.begin(batch.samples(), step);
        update.begin(learningRate, step + 1);
        if (objective != null) {
            objective.writeNothing();
        }
    }

    /** Writes the gradients of the outputs of a graph that updates along them. */
    void writeGradients(LossResult gradients, Outputs outputs) {
        Objects.requireNonNull(given).write(gradients, outputs);
    }

    Tasks tasks() {
        return tasks;
    }

    /** The outputs by name, in the order of the architecture. */
    SequencedMap<String, Activations> outputs() {
        return network.outputs();
    }

    /** The arrays of the outputs, each once. */
    Object[] outputArrays() {
        Set<Object> arrays = Collections.newSetFromMap(new IdentityHashMap<>());
        outputs().values().forEach(output -> arrays.add(output.values()));
        return arrays.toArray();
    }

    /** The arrays of a training graph that {@link #gradientNorm} may need. */
    Object[] normArrays() {
        return update.normArrays();
    }

    /**
     * The norm of all gradients of the last step, before norms were limited.
     *
     * @param fetch copies one of the {@link #normArrays} from the device
     */
    double gradientNorm(Consumer<Object> fetch) {
        return update.norm(fetch);
    }

    StepResults results() {
        return results;
    }
}
