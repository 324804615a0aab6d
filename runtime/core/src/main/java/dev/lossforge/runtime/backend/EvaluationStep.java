package dev.lossforge.runtime.backend;

import dev.lossforge.runtime.data.Outputs;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The result of an evaluation.
 *
 * @param dataLoss the reduced loss over the batch; with several losses, their weighted sum
 * @param penalty the sum of all penalties, factors included; 0 without penalties
 * @param outputs the model's outputs for the batch; the next call to the compiled model may overwrite them
 * @param losses each of several losses, reduced but not weighted, by name and in order; empty if there is one
 * @param hyperparameters the trained hyperparameters of the losses, by name
 */
public record EvaluationStep(
        double dataLoss,
        double penalty,
        Outputs outputs,
        Map<String, Double> losses,
        Map<String, Tensor> hyperparameters) {

    public EvaluationStep {
        losses = Collections.unmodifiableMap(new LinkedHashMap<>(losses));
        hyperparameters = Collections.unmodifiableMap(new LinkedHashMap<>(hyperparameters));
    }

    /** The result with one loss, whose hyperparameters are not trained, on one output. */
    public EvaluationStep(double dataLoss, double penalty, Tensor output) {
        this(dataLoss, penalty, Outputs.of(output), Map.of(), Map.of());
    }

    /** Data loss and penalty. */
    public double loss() {
        return dataLoss + penalty;
    }
}
