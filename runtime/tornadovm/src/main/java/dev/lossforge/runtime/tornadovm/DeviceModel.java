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
import dev.lossforge.runtime.tensor.Tensor;
import dev.lossforge.runtime.tornadovm.internal.network.DeviceLayers;
import dev.lossforge.runtime.tornadovm.internal.plan.HostArrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;

/** A model whose parameters and optimizer state live on a device. */
final class DeviceModel implements CompiledModel {
    /** The minimum number of samples that a plan has room for in an evaluation or prediction. */
    private static final int EVALUATION_BATCH = 256;

    private final DeviceProgram program;
    private final ModelState state;
    private final DeviceThread thread;
    private @Nullable ModelPlan plan;
    private @Nullable TornadoExecutionResult lastStep;
    private SequencedMap<String, Tensor> outputs;
    private int trainedSamples;
    private int largestBatch = 1;
    private double learningRate;
    private long step;
    /**
     * Whether the host's copy of the state is newer than the device's. If {@code deviceIsAhead}, the device's is newer;
     * if neither, the two are equal.
     */
    private boolean hostIsAhead;

    private boolean deviceIsAhead;

    DeviceModel(DeviceProgram program) {
        this.program = program;
        this.state = new ModelState(program.architecture(), program.spec());
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
        largestBatch = Math.max(largestBatch, largestBatchToCome);
        trainedSamples = 0;
    }

    @Override
    public StepResult trainStep(Batch batch) {
        HostBatch checked = begin(batch);
        DeviceLayers.requireVariances(architecture(), spec(), batch.size());
        return thread.call("a training step", () -> {
            ModelPlan current = planFor(checked, batch.size(), 0);
            current.training().write(checked, learningRate, step);
            lastStep = current.train();
            trainedSamples = batch.size();
            StepReadings readings =
                    new StepReadings(program, checked, current.training().results());
            if (readings.applied()) {
                step++;
                deviceIsAhead = true;
            }
            return new StepResult(
                    readings.value(),
                    readings.penalty(),
                    readings.applied(),
                    readings.losses(),
                    readings.hyperparameters());
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

    private ModelPlan planFor(HostBatch batch, int training, int evaluation) {
        List<LossShape> losses = batch.losses().stream()
                .map(bound -> LossShape.of(bound, batch.samples()))
                .toList();
        return planFor(training, evaluation, losses);
    }

    /** A plan that accepts such batches, with the newest state on the device. */
    private ModelPlan planFor(int training, int evaluation, List<LossShape> losses) {
        ModelPlan current = plan;
        ModelPlan.Sizes old = current == null ? new ModelPlan.Sizes(1, EVALUATION_BATCH, losses) : current.sizes();
        ModelPlan.Sizes wanted = new ModelPlan.Sizes(
                Math.max(old.training(), Math.max(training, largestBatch)),
                Math.max(old.evaluation(), evaluation),
                losses);
        if (current == null || !current.sizes().cover(wanted)) {
            store();
            release();
            current = new ModelPlan(program, state, wanted);
            plan = current;
            hostIsAhead = true;
        }
        if (hostIsAhead) {
            current.load();
            hostIsAhead = false;
        }
        return current;
    }

    @Override
    public Outputs lastOutputs() {
        ModelPlan current = plan;
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

    @Override
    public EvaluationStep evaluate(Batch batch) {
        HostBatch checked = begin(batch);
        return thread.call("an evaluation", () -> {
            ModelPlan current = planFor(checked, 0, batch.size());
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
                    readings.hyperparameters());
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
            ModelPlan current = planFor(0, batch.size(), lossShapes());
            current.evaluation().writeInputs(checked, step);
            current.evaluate();
            copy(current.evaluation(), predictions);
            return new Outputs(predictions);
        });
    }

    /** The shapes that the losses have seen so far, or the smallest possible ones before the first batch. */
    private List<LossShape> lossShapes() {
        ModelPlan current = plan;
        if (current != null) {
            return current.sizes().losses();
        }
        return spec().losses().stream()
                .map(term -> LossShape.smallest(term.loss()))
                .toList();
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
        hostIsAhead = true;
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
        hostIsAhead = true;
    }

    private void refreshHost() {
        trainedSamples = 0;
        if (deviceIsAhead) {
            thread.call("the transfer of the parameters", this::store);
        }
    }

    private boolean store() {
        ModelPlan current = plan;
        if (deviceIsAhead && current != null) {
            current.store();
            deviceIsAhead = false;
        }
        return true;
    }

    /** The bytes that the model holds on the device. */
    long deviceMemory() {
        ModelPlan current = plan;
        return current == null ? 0 : thread.call("the count of its memory", current::deviceMemory);
    }

    private boolean release() {
        ModelPlan current = plan;
        plan = null;
        if (current != null) {
            current.close();
        }
        return true;
    }

    /** If the device hangs, its memory is freed only when the JVM ends. */
    @Override
    public void close() {
        try (thread) {
            if (!thread.isHung()) {
                thread.call("the release of its memory", this::release);
            }
        }
    }
}
