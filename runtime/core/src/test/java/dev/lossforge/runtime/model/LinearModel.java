package dev.lossforge.runtime.model;

import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.CompileSpec;
import dev.lossforge.runtime.backend.CompiledModel;
import dev.lossforge.runtime.backend.EvaluationStep;
import dev.lossforge.runtime.backend.OptimizerState;
import dev.lossforge.runtime.backend.StepResult;
import dev.lossforge.runtime.data.Batch;
import dev.lossforge.runtime.data.Outputs;
import dev.lossforge.runtime.internal.Rates;
import dev.lossforge.runtime.loss.Reduction;
import dev.lossforge.runtime.tensor.Data;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code outputs = inputs · weights + bias}, trained by gradient descent on the squared error, the sum over outputs and
 * the mean over samples; class indices count as one-hot rows. Its penalty is always {@link #PENALTY}.
 */
final class LinearModel implements CompiledModel {
    static final double PENALTY = 0.5;

    final List<Integer> batchSizes = new ArrayList<>();
    boolean closed;
    int prepared;

    private final Architecture architecture;
    private final CompileSpec spec;
    private final Tensor weights;
    private final Tensor bias;
    private double learningRate;
    private long step;
    private @Nullable Tensor outputs;

    LinearModel(Architecture architecture, CompileSpec spec) {
        this.architecture = architecture;
        this.spec = spec;
        this.learningRate = spec.optimizer().learningRate();
        Map<String, Tensor> initial = architecture.initialParameters(spec.seed());
        this.weights = initial.getOrDefault("dense.weights", Tensor.zeros());
        this.bias = initial.getOrDefault("dense.bias", Tensor.zeros());
    }

    @Override
    public Tensor predict(Tensor inputs) {
        int units = bias.size();
        Tensor result = Tensor.zeros(inputs.samples(), units);
        for (int row = 0; row < inputs.samples(); row++) {
            for (int unit = 0; unit < units; unit++) {
                float sum = bias.get(unit);
                for (int i = 0; i < weights.samples(); i++) {
                    sum += inputs.get(row, i) * weights.get(i, unit);
                }
                result.array()[row * units + unit] = sum;
            }
        }
        return result;
    }

    @Override
    public EvaluationStep evaluate(Batch batch) {
        Tensor predicted = predict(batch.inputs());
        batchSizes.add(batch.size());
        return new EvaluationStep(loss(predicted, batch.targets()), PENALTY, predicted, divisor(batch));
    }

    private double divisor(Batch batch) {
        return spec.reduction() == Reduction.SUM ? 1 : batch.size();
    }

    @Override
    public StepResult trainStep(Batch batch) {
        EvaluationStep found = evaluate(batch);
        outputs = found.outputs().only();
        if (!Double.isFinite(found.loss())) {
            return new StepResult(found.dataLoss(), PENALTY, false, divisor(batch));
        }
        descend(batch, found.outputs().only());
        step++;
        return new StepResult(found.dataLoss(), PENALTY, true, divisor(batch));
    }

    private static double loss(Tensor predicted, Data targets) {
        double sum = 0;
        for (int row = 0; row < predicted.samples(); row++) {
            for (int unit = 0; unit < predicted.shape().extent(1); unit++) {
                double difference = predicted.get(row, unit) - target(targets, row, unit);
                sum += difference * difference;
            }
        }
        return sum / predicted.samples();
    }

    private void descend(Batch batch, Tensor predicted) {
        int units = bias.size();
        for (int row = 0; row < batch.size(); row++) {
            for (int unit = 0; unit < units; unit++) {
                float gradient = 2 * (predicted.get(row, unit) - target(batch.targets(), row, unit)) / batch.size();
                bias.array()[unit] -= (float) (learningRate * gradient);
                for (int i = 0; i < weights.samples(); i++) {
                    weights.array()[i * units + unit] -=
                            (float) (learningRate * gradient * batch.inputs().get(row, i));
                }
            }
        }
    }

    private static float target(Data targets, int row, int unit) {
        return switch (targets) {
            case Tensor rows -> rows.get(row, unit);
            case IntTensor labels -> labels.get(row) == unit ? 1 : 0;
        };
    }

    @Override
    public Outputs lastOutputs() {
        if (outputs == null) {
            throw new IllegalStateException();
        }
        return Outputs.of(outputs);
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
    public void prepare(int largestBatch) {
        prepared = largestBatch;
    }

    @Override
    public double learningRate() {
        return learningRate;
    }

    @Override
    public void setLearningRate(double learningRate) {
        this.learningRate = Rates.requireLearningRate(learningRate);
    }

    @Override
    public long step() {
        return step;
    }

    @Override
    public SequencedMap<String, Tensor> parameters() {
        SequencedMap<String, Tensor> parameters = new LinkedHashMap<>();
        parameters.put("dense.weights", weights.copy());
        parameters.put("dense.bias", bias.copy());
        return parameters;
    }

    @Override
    public void loadParameters(Map<String, Tensor> parameters) {
        architecture.requireParameters(parameters);
        weights.copyFrom(parameters.getOrDefault("dense.weights", weights));
        bias.copyFrom(parameters.getOrDefault("dense.bias", bias));
    }

    @Override
    public OptimizerState optimizerState() {
        return new OptimizerState(step, Map.of());
    }

    @Override
    public void loadOptimizerState(OptimizerState state) {
        architecture.requireSlots(spec.optimizer(), state.slots());
        step = state.step();
    }

    @Override
    public void close() {
        closed = true;
    }
}
