package dev.lossforge.runtime.tornadovm;

import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.CompileSpec;
import dev.lossforge.runtime.backend.CompiledModel;
import dev.lossforge.runtime.backend.EvaluationStep;
import dev.lossforge.runtime.backend.OptimizerState;
import dev.lossforge.runtime.backend.StepResult;
import dev.lossforge.runtime.data.Batch;
import dev.lossforge.runtime.data.Outputs;
import dev.lossforge.runtime.internal.Rates;
import dev.lossforge.runtime.loss.LossResult;
import dev.lossforge.runtime.tensor.Tensor;
import dev.lossforge.runtime.tornadovm.internal.network.DeviceLayers;
import dev.lossforge.runtime.tornadovm.internal.plan.HostArrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;

/** A model whose parameters and optimizer state live on a device. */
final class DeviceModel implements CompiledModel {
    private final DeviceProgram program;
    private final ModelState state;
    private final DeviceThread thread;
    private final CurrentPlan plans;
    private @Nullable TornadoExecutionResult lastStep;
    private @Nullable ModelPlan lastPlan;
    private SequencedMap<String, Tensor> outputs;
    private int trainedSamples;
    private double learningRate;
    private long step;

    DeviceModel(DeviceProgram program) {
        this.program = program;
        this.state = new ModelState(program.architecture(), program.spec());
        this.plans = new CurrentPlan(program, state);
        this.thread = new DeviceThread(program.device().id());
        this.outputs = zeros(1);
        this.learningRate = program.spec().optimizer().learningRate();
        Map<String, Tensor> initial =
                program.architecture().initialParameters(program.spec().seed());
        program.spec().hyperparameters().forEach((parameter, value) -> initial.put(parameter.name(), value));
        state.setParameters(initial);
    }

    @Override
    public Architecture architecture() {
        return program.architecture();
    }

    @Override
    public CompileSpec spec() {
        return program.spec();
    }

    @Override
    public void prepare(int largestBatchToCome) {
        plans.announce(largestBatchToCome);
        trainedSamples = 0;
    }

    @Override
    public StepResult trainStep(Batch batch) {
        HostBatch checked = begin(batch);
        DeviceLayers.requireVariances(architecture(), spec(), batch.size());
        return thread.call("a training step", () -> {
            ModelPlan current = plans.forTraining(checked);
            current.training().write(checked, learningRate, step);
            StepReadings readings = train(current, checked);
            return new StepResult(
                    readings.value(),
                    readings.penalty(),
                    readings.applied(),
                    readings.losses(),
                    readings.hyperparameters(),
                    checked.divisors(spec()));
        });
    }

    /** Runs a step whose data has been written. */
    private StepReadings train(ModelPlan current, HostBatch batch) {
        lastStep = current.train();
        lastPlan = current;
        trainedSamples = batch.samples();
        StepReadings readings =
                new StepReadings(program, batch, current.training().results());
        if (readings.applied()) {
            step++;
            plans.deviceHasChanged();
        }
        return readings;
    }

    /** Runs the forward pass twice, before the caller computes the gradients and after: it gives the same bits. */
    @Override
    public StepResult step(Batch batch, Function<Outputs, LossResult> gradients) {
        HostBatch checked = HostBatch.ofInputs(program, batch);
        DeviceLayers.requireVariances(architecture(), spec(), batch.size());
        Outputs before = thread.call("the outputs of a step", () -> {
            ModelPlan current = plans.forGivenGradients(batch.size());
            current.outputs().writeInputs(checked, learningRate, step);
            current.computeOutputs();
            SequencedMap<String, Tensor> copies = zeros(batch.size());
            copy(current.outputs(), copies);
            return new Outputs(copies);
        });
        LossResult result = gradients.apply(before);
        outputs = zeros(batch.size());
        return thread.call("a training step", () -> {
            ModelPlan current = plans.forGivenGradients(batch.size());
            current.training().writeInputs(checked, learningRate, step);
            current.training().writeGradients(result, before);
            StepReadings readings = train(current, checked);
            return new StepResult(result.value(), readings.penalty(), readings.applied());
        });
    }

    /** Checks a batch on the host. */
    private HostBatch begin(Batch batch) {
        architecture().requireInputs(batch.namedInputs());
        trainedSamples = 0;
        if (outputs.firstEntry().getValue().samples() != batch.size()) {
            outputs = zeros(batch.size());
        }
        return HostBatch.of(program, batch, new Outputs(outputs));
    }

    private SequencedMap<String, Tensor> zeros(int samples) {
        SequencedMap<String, Tensor> zeros = new LinkedHashMap<>();
        architecture().outputs().forEach((name, shape) -> zeros.put(name, Tensor.zeros(shape.batchOf(samples))));
        return zeros;
    }

    @Override
    public Outputs lastOutputs() {
        ModelPlan current = plans.plan();
        TornadoExecutionResult result = lastStep;
        if (trainedSamples == 0 || current == null || result == null) {
            throw new IllegalStateException("The last call was not a training step, so it has no outputs.");
        }
        return thread.call("the transfer of the outputs", () -> {
            for (Object onDevice : current.training().outputArrays()) {
                result.transferToHost(onDevice);
            }
            copy(current.training(), outputs);
            return new Outputs(outputs);
        });
    }

    private static void copy(BatchGraph graph, SequencedMap<String, Tensor> outputs) {
        graph.outputs()
                .forEach((name, output) -> HostArrays.copy(
                        output.values(),
                        Objects.requireNonNull(outputs.get(name)).array()));
    }

    /** NaN if there was no step, or if the device has changed its plan for a larger batch since. */
    @Override
    public double gradientNorm() {
        ModelPlan current = plans.plan();
        TornadoExecutionResult result = lastStep;
        if (result == null || current == null || current != lastPlan) {
            return Double.NaN;
        }
        return thread.call(
                "the transfer of the gradients", () -> current.training().gradientNorm(result::transferToHost));
    }

    @Override
    public EvaluationStep evaluate(Batch batch) {
        HostBatch checked = begin(batch);
        return thread.call("an evaluation", () -> {
            ModelPlan current = plans.forEvaluation(checked);
            current.evaluation().write(checked, learningRate, step);
            current.evaluate();
            copy(current.evaluation(), outputs);
            StepReadings readings =
                    new StepReadings(program, checked, current.evaluation().results());
            return new EvaluationStep(
                    readings.value(),
                    readings.penalty(),
                    new Outputs(outputs),
                    readings.losses(),
                    readings.hyperparameters(),
                    checked.divisors(spec()));
        });
    }

    @Override
    public Tensor predict(Tensor inputs) {
        return predictAll(Batch.ofInputs(inputs)).only();
    }

    @Override
    public Outputs predictAll(Batch batch) {
        HostBatch checked = HostBatch.ofInputs(program, batch);
        trainedSamples = 0;
        SequencedMap<String, Tensor> predictions = zeros(batch.size());
        return thread.call("a prediction", () -> {
            ModelPlan current = plans.forPrediction(batch.size());
            current.evaluation().writeInputs(checked, learningRate, step);
            current.evaluate();
            copy(current.evaluation(), predictions);
            return new Outputs(predictions);
        });
    }

    @Override
    public double learningRate() {
        return learningRate;
    }

    @Override
    public void setLearningRate(double newLearningRate) {
        learningRate = Rates.requireLearningRate(newLearningRate);
    }

    @Override
    public long step() {
        return step;
    }

    @Override
    public SequencedMap<String, Tensor> parameters() {
        refreshHost();
        return state.parameters();
    }

    @Override
    public void loadParameters(Map<String, Tensor> values) {
        spec().requireParameters(architecture(), values);
        refreshHost();
        state.setParameters(values);
        plans.hostHasChanged();
    }

    @Override
    public OptimizerState optimizerState() {
        refreshHost();
        return new OptimizerState(step, state.slots());
    }

    @Override
    public void loadOptimizerState(OptimizerState newState) {
        spec().requireSlots(architecture(), newState.slots());
        refreshHost();
        state.setSlots(newState.slots());
        step = newState.step();
        plans.hostHasChanged();
    }

    private void refreshHost() {
        trainedSamples = 0;
        if (plans.isDeviceAhead()) {
            thread.call("the transfer of the parameters", plans::store);
        }
    }

    /** The bytes that the model holds on the device. */
    long deviceMemory() {
        ModelPlan current = plans.plan();
        return current == null ? 0 : thread.call("the count of its memory", current::deviceMemory);
    }

    /** If the device hangs, its memory is freed only when the JVM ends. */
    @Override
    public void close() {
        try (thread) {
            if (!thread.isHung()) {
                thread.call("the release of its memory", plans::release);
            }
        }
    }
}
