package dev.lossforge.cli;

import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.CompileSpec;
import dev.lossforge.runtime.backend.CompiledModel;
import dev.lossforge.runtime.backend.EvaluationStep;
import dev.lossforge.runtime.backend.OptimizerState;
import dev.lossforge.runtime.backend.StepResult;
import dev.lossforge.runtime.data.Batch;
import dev.lossforge.runtime.data.Outputs;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/** A model that always gives one answer and whose loss is constant, until it diverges. */
final class ConstantModel implements CompiledModel {
    static final int ANSWER = 7;
    static final double LOSS = 0.125;

    private final Architecture architecture;
    private final CompileSpec spec;
    private final long divergesAt;
    private SequencedMap<String, Tensor> parameters;
    private Tensor lastOutputs = Tensor.scalar(Float.NaN);
    private double learningRate;
    private long step;

    ConstantModel(Architecture architecture, CompileSpec spec, long divergesAt) {
        this.architecture = architecture;
        this.spec = spec;
        this.divergesAt = divergesAt;
        this.parameters = architecture.initialParameters(spec.seed());
        this.learningRate = spec.optimizer().learningRate();
    }

    @Override
    public Architecture architecture() {
        return architecture;
    }

    @Override
    public CompileSpec spec() {
        return spec;
    }

    @Override
    public void prepare(int largestBatch) {}

    @Override
    public StepResult trainStep(Batch batch) {
        if (step + 1 == divergesAt) {
            return new StepResult(Double.NaN, 0, false, batch.size());
        }
        step++;
        lastOutputs = predict(batch.inputs());
        return new StepResult(LOSS, 0, true, batch.size());
    }

    @Override
    public Outputs lastOutputs() {
        return Outputs.of(lastOutputs);
    }

    @Override
    public EvaluationStep evaluate(Batch batch) {
        return new EvaluationStep(LOSS, 0, predict(batch.inputs()), batch.size());
    }

    @Override
    public Tensor predict(Tensor inputs) {
        Tensor outputs = Tensor.zeros(architecture.outputShape().batchOf(inputs.samples()));
        int classes = architecture.outputShape().size();
        for (int sample = 0; sample < inputs.samples(); sample++) {
            outputs.array()[sample * classes + ANSWER] = 1;
        }
        return outputs;
    }

    @Override
    public double learningRate() {
        return learningRate;
    }

    @Override
    public void setLearningRate(double learningRate) {
        this.learningRate = learningRate;
    }

    @Override
    public long step() {
        return step;
    }

    @Override
    public SequencedMap<String, Tensor> parameters() {
        return new LinkedHashMap<>(parameters);
    }

    @Override
    public void loadParameters(Map<String, Tensor> parameters) {
        this.parameters = new LinkedHashMap<>(parameters);
    }

    @Override
    public OptimizerState optimizerState() {
        return new OptimizerState(step, Map.of());
    }

    @Override
    public void loadOptimizerState(OptimizerState state) {
        step = state.step();
    }

    @Override
    public void close() {}
}
