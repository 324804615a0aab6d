package dev.lossforge.runtime.backend;

import dev.lossforge.runtime.data.Outputs;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The result of an evaluation.
 *
 * @param dataLoss the reduced loss over the batch; with several losses, their weighted sum. A loss that counts nothing
 *     of the batch is 0
 * @param penalty the sum of all penalties, factors included; 0 without penalties
 * @param outputs the model's outputs for the batch; the next call to the compiled model may overwrite them
 * @param losses each of several losses, reduced but not weighted, by name and in order; empty if there is one
 * @param hyperparameters the trained hyperparameters of the losses, by name
 * @param divisors as in {@link StepResult}
 */
public record EvaluationStep(
        double dataLoss,
        double penalty,
        Outputs outputs,
        Map<String, Double> losses,
        Map<String, Tensor> hyperparameters,
        List<Double> divisors) {

    public EvaluationStep {
        losses = Collections.unmodifiableMap(new LinkedHashMap<>(losses));
        hyperparameters = Collections.unmodifiableMap(new LinkedHashMap<>(hyperparameters));
        divisors = List.copyOf(divisors);
    }

    /** The result with one loss, whose hyperparameters are not trained, on one output. */
    public EvaluationStep(double dataLoss, double penalty, Tensor output, double divisor) {
        this(dataLoss, penalty, Outputs.of(output), Map.of(), Map.of(), List.of(divisor));
    }

    /** Data loss and penalty. */
    public double loss() {
        return dataLoss + penalty;
    }
}
