package dev.lossforge.runtime.tornadovm;

import dev.lossforge.runtime.backend.CompileSpec;
import dev.lossforge.runtime.internal.kernel.KernelFrame;
import dev.lossforge.runtime.loss.BoundLoss;
import dev.lossforge.runtime.loss.LossInput;
import dev.lossforge.runtime.tensor.Tensor;
import dev.lossforge.runtime.tornadovm.internal.kernel.DeviceArguments;
import dev.lossforge.runtime.tornadovm.internal.network.DeviceNetwork;
import dev.lossforge.runtime.tornadovm.internal.plan.Derivatives;
import dev.lossforge.runtime.tornadovm.internal.plan.HostArrays;
import dev.lossforge.runtime.tornadovm.internal.plan.LossTasks;
import dev.lossforge.runtime.tornadovm.internal.plan.Tasks;
import dev.lossforge.runtime.tornadovm.internal.training.PenaltyTasks;
import dev.lossforge.runtime.tornadovm.internal.training.StepResults;
import dev.lossforge.runtime.tornadovm.internal.training.TrainedParameters;
import dev.lossforge.runtime.tornadovm.internal.training.UpdateSettings;
import dev.lossforge.runtime.tornadovm.internal.training.UpdateTasks;
import java.util.List;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * One graph of a model's plan. It runs a batch through the network and its loss. In training, it also runs the backward
 * pass and updates the parameters.
 */
final class BatchGraph {
    private final DeviceProgram program;
    private final Tasks tasks;
    private final DeviceNetwork network;
    private final UpdateSettings settings;
    private final FloatArray results;
    private final LossTasks loss;

    /**
     * @param samples the maximum number of samples in a batch
     * @param target the shape of what the loss sees
     */
    BatchGraph(String name, DeviceProgram program, ModelState state, int samples, LossShape target, boolean training) {
        CompileSpec spec = program.spec();
        this.program = program;
        this.tasks = new Tasks(name, program.device().largestGroup());
        this.network = new DeviceNetwork(
                program.architecture(), spec, samples, program.device().largestGroup(), training, state.array());
        this.settings = new UpdateSettings(spec.optimizer());
        this.results = StepResults.array(program.penalties().size());
        this.loss = new LossTasks(
                spec.loss().signature(),
                program.kernels(),
                Math.multiplyExact(samples, target.unitsPerSample()),
                target.extentArrays(),
                true,
                false,
                tasks);
        addTasks(state, training);
    }

    private void addTasks(ModelState state, boolean training) {
        CompileSpec spec = program.spec();
        FloatArray weights = state.weights();
        PenaltyTasks penalties = new PenaltyTasks(program.penalties(), state.size());
        tasks.constant(results, weights);
        network.addForward(tasks);
        transferLossInputs();
        if (training) {
            loss.addParts(tasks, spec.loss().name(), Derivatives.GRADIENT);
            network.addBackward(tasks);
        } else {
            loss.add(tasks, spec.loss().name(), Derivatives.NONE, results, StepResults.LOSS);
        }
        penalties.add(tasks, state.size(), state.array(), weights, training, results);
        if (training) {
            UpdateTasks.add(
                    tasks,
                    network,
                    spec,
                    TrainedParameters.of(program.architecture(), spec.frozenLayers()),
                    settings,
                    state.array(),
                    weights,
                    penalties,
                    loss.arguments().partials(),
                    results);
        }
    }

    private void transferLossInputs() {
        DeviceArguments arguments = loss.arguments();
        tasks.changing(arguments.settings(), arguments.sizes(), arguments.weights());
        List<LossInput> inputs = program.spec().loss().signature().inputs();
        for (int i = 0; i < inputs.size(); i++) {
            if (inputs.get(i).role() == LossInput.Role.PREDICTION) {
                arguments.prediction(
                        i, network.output().values(), network.output().gradients());
            } else {
                tasks.changing(loss.array(i));
            }
        }
    }

    /** Writes the data of a batch that the device needs. */
    void write(Tensor inputs, BoundLoss bound, float factor, double learningRate, long step) {
        KernelFrame frame = bound.frame();
        writeInputs(inputs, step);
        settings.begin(learningRate, step + 1);
        loss.arguments().batch(LossTasks.count(bound.signature(), frame, bound.units()), frame.weights() != null);
        loss.arguments().settings().set(DeviceArguments.FACTOR, factor);
        HostArrays.copy(frame.weights(), loss.arguments().weights());
        for (int i = 0; i < bound.signature().inputs().size(); i++) {
            if (bound.signature().inputs().get(i).role() != LossInput.Role.PREDICTION) {
                loss.write(frame, bound.units(), i);
            }
        }
    }

    /** Writes samples for which no loss is computed. */
    void writeInputs(Tensor inputs, long step) {
        HostArrays.copy(inputs.array(), network.inputs());
        network.begin(inputs.samples(), step);
        loss.arguments().batch(0, false);
    }

    Tasks tasks() {
        return tasks;
    }

    FloatArray outputs() {
        return network.output().values();
    }

    FloatArray results() {
        return results;
    }
}
