package dev.lossforge.runtime.tornadovm;

import dev.lossforge.runtime.backend.CompileSpec;
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
import java.util.SequencedMap;
import java.util.Set;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * One graph of a model's plan. It runs a batch through the network and its losses. In training, it also runs the
 * backward pass and updates the parameters.
 */
final class BatchGraph {
    private final Tasks tasks;
    private final DeviceObjective objective;
    private final DeviceNetwork network;
    private final StepResults results;
    private final UpdateTasks update;

    /**
     * @param samples the maximum number of samples in a batch
     * @param shapes the shape of what each loss sees
     */
    BatchGraph(
            String name,
            DeviceProgram program,
            ModelState state,
            int samples,
            List<LossShape> shapes,
            boolean training) {
        CompileSpec spec = program.spec();
        int largestGroup = program.device().largestGroup();
        TrainedParameters trained = TrainedParameters.of(program.architecture(), spec);
        GradientParts parts = new GradientParts();
        FloatArray weights = state.weights();
        this.tasks = new Tasks(name, largestGroup);
        this.objective = new DeviceObjective(program, shapes, samples, training, tasks, parts);
        this.network = new DeviceNetwork(
                program.architecture(), spec, samples, largestGroup, training, state.array(), parts);
        this.results = StepResults.of(
                spec.losses().size(), program.penalties().size(), trained.hyperparameters());
        this.update = new UpdateTasks(tasks, spec, trained, state.array(), weights, results);
        PenaltyTasks penalties = new PenaltyTasks(program.penalties(), state.size());
        tasks.constant(results.array(), weights);
        network.addForward(tasks);
        objective.add(network, state.array(), results);
        if (training) {
            network.addBackward(tasks);
        }
        penalties.add(tasks, state.size(), state.array(), weights, training, results);
        if (training) {
            update.add(network, penalties, objective.firstPartials());
            network.addSettling(tasks, results.array());
        }
    }

    /** Writes the data of a batch that the device needs. */
    void write(HostBatch batch, double learningRate, long step) {
        writeNetwork(batch, step);
        update.begin(learningRate, step + 1);
        objective.write(batch);
    }

    /** Writes samples for which no loss is computed. */
    void writeInputs(HostBatch batch, long step) {
        writeNetwork(batch, step);
        objective.writeNothing();
    }

    private void writeNetwork(HostBatch batch, long step) {
        int i = 0;
        for (Activations input : network.inputs().values()) {
            HostArrays.copy(batch.inputs().get(i++).array(), input.values());
        }
        network.begin(batch.samples(), step);
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

    StepResults results() {
        return results;
    }
}
