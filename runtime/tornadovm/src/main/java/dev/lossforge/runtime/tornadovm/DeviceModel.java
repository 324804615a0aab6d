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
import dev.lossforge.runtime.loss.BoundLoss;
import dev.lossforge.runtime.tensor.Tensor;
import dev.lossforge.runtime.tornadovm.internal.network.DeviceLayers;
import dev.lossforge.runtime.tornadovm.internal.plan.HostArrays;
import dev.lossforge.runtime.tornadovm.internal.training.StepResults;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** A model whose parameters and optimizer state live on a device. */
final class DeviceModel implements CompiledModel {
    /** The minimum number of samples that a plan has room for in an evaluation or prediction. */
    private static final int EVALUATION_BATCH = 256;

    private final DeviceProgram program;
    private final ModelState state;
    private final DeviceThread thread;
    private @Nullable ModelPlan plan;
    private @Nullable TornadoExecutionResult lastStep;
    private Tensor outputs;
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
        this.state = new ModelState(program.architecture(), program.spec().optimizer());
        this.thread = new DeviceThread(program.device().id());
        this.outputs = Tensor.zeros(program.architecture().outputShape().batchOf(1));
        this.learningRate = program.spec().optimizer().learningRate();
        state.setParameters(
                program.architecture().initialParameters(program.spec().seed()));
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
        BoundLoss bound = begin(batch);
        double divisor = bound.divisor(spec().reduction());
        return thread.call("a training step", () -> {
            ModelPlan current = planFor(bound, batch.size(), 0);
            current.training().write(batch.inputs(), bound, (float) (1 / divisor), learningRate, step);
            lastStep = current.train();
            trainedSamples = batch.size();
            FloatArray results = current.training().results();
            boolean applied = results.get(StepResults.APPLIED) != 0;
            if (applied) {
                step++;
                deviceIsAhead = true;
            }
            return new StepResult(results.get(StepResults.LOSS) / divisor, penalty(results), applied);
        });
    }

    /** Checks a batch on the host. */
    private BoundLoss begin(Batch batch) {
        architecture().requireInputs(batch.inputs().shape());
        DeviceLayers.requireInputs(architecture(), batch.inputs());
        trainedSamples = 0;
        reserveOutputs(batch.size());
        BoundLoss bound = BoundLoss.of(
                spec().loss(), spec().lossInputs(spec().losses().getFirst(), named(outputs), batch, Map.of()));
        program.kernels().requireIndices(bound.frame(), 0, bound.units());
        return bound;
    }

    private void reserveOutputs(int samples) {
        if (outputs.samples() != samples) {
            outputs = Tensor.zeros(architecture().outputShape().batchOf(samples));
        }
    }

    private double penalty(FloatArray results) {
        double sum = 0;
        for (int i = 0; i < program.penalties().size(); i++) {
            double factor = program.penalties().get(i).penalty().factor();
            sum += factor * results.get(StepResults.FIRST_PENALTY + i);
        }
        return sum;
    }

    private ModelPlan planFor(BoundLoss bound, int training, int evaluation) {
        return planFor(training, evaluation, LossShape.of(bound, Math.max(training, evaluation)));
    }

    /** A plan that accepts such batches, with the newest state on the device. */
    private ModelPlan planFor(int training, int evaluation, LossShape loss) {
        ModelPlan current = plan;
        ModelPlan.Sizes old = current == null ? new ModelPlan.Sizes(1, EVALUATION_BATCH, loss) : current.sizes();
        ModelPlan.Sizes wanted = new ModelPlan.Sizes(
                Math.max(old.training(), Math.max(training, largestBatch)),
                Math.max(old.evaluation(), evaluation),
                loss);
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
            FloatArray onDevice = current.training().outputs();
            result.transferToHost(onDevice);
            HostArrays.copy(onDevice, outputs.array());
            return named(outputs);
        });
    }

    @Override
    public EvaluationStep evaluate(Batch batch) {
        BoundLoss bound = begin(batch);
        double divisor = bound.divisor(spec().reduction());
        return thread.call("an evaluation", () -> {
            ModelPlan current = planFor(bound, 0, batch.size());
            current.evaluation().write(batch.inputs(), bound, 1, learningRate, step);
            current.evaluate();
            HostArrays.copy(current.evaluation().outputs(), outputs.array());
            FloatArray results = current.evaluation().results();
            double loss = results.get(StepResults.LOSS) / divisor;
            return new EvaluationStep(loss, penalty(results), named(outputs), Map.of(), Map.of());
        });
    }

    @Override
    public Tensor predict(Tensor inputs) {
        architecture().requireInputs(inputs.shape());
        DeviceLayers.requireInputs(architecture(), inputs);
        trainedSamples = 0;
        Tensor predictions = Tensor.zeros(architecture().outputShape().batchOf(inputs.samples()));
        return thread.call("a prediction", () -> {
            ModelPlan current = planFor(0, inputs.samples(), lossShape());
            current.evaluation().writeInputs(inputs, step);
            current.evaluate();
            HostArrays.copy(current.evaluation().outputs(), predictions.array());
            return predictions;
        });
    }

    @Override
    public Outputs predictAll(Batch inputs) {
        return named(predict(inputs.inputs()));
    }

    /** The output by its name. */
    private Outputs named(Tensor output) {
        String name = architecture().outputs().firstEntry().getKey();
        return new Outputs(new LinkedHashMap<>(Map.of(name, output)));
    }

    /** The shape that the loss has seen so far, or the smallest possible one before the first batch. */
    private LossShape lossShape() {
        ModelPlan current = plan;
        if (current != null) {
            return current.sizes().loss();
        }
        List<List<Integer>> extents = spec().loss().signature().inputs().stream()
                .map(input -> Collections.nCopies(input.rank(), 1))
                .toList();
        return new LossShape(1, extents);
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
        architecture().requireParameters(values);
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
        architecture().requireSlots(spec().optimizer(), newState.slots());
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
