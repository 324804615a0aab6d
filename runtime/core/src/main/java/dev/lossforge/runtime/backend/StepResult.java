package dev.lossforge.runtime.backend;

import dev.lossforge.runtime.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The result of a training step, before its update.
 *
 * @param dataLoss the reduced loss over the batch; with several losses, their weighted sum
 * @param penalty the sum of all penalties, factors included; 0 without penalties
 * @param applied whether the parameters were updated: false if and only if the loss, the penalty or a gradient was NaN
 *     or infinite
 * @param losses each of several losses, reduced but not weighted, by name and in order; empty if there is one
 * @param hyperparameters the trained hyperparameters that this step's losses used, by name
 */
public record StepResult(
        double dataLoss,
        double penalty,
        boolean applied,
        Map<String, Double> losses,
        Map<String, Tensor> hyperparameters) {

    public StepResult {
        losses = Collections.unmodifiableMap(new LinkedHashMap<>(losses));
        hyperparameters = Collections.unmodifiableMap(new LinkedHashMap<>(hyperparameters));
    }

    /** The result of a step with one loss, whose hyperparameters are not trained. */
    public StepResult(double dataLoss, double penalty, boolean applied) {
        this(dataLoss, penalty, applied, Map.of(), Map.of());
    }

    /** The number that is minimized: data loss and penalty. */
    public double loss() {
        return dataLoss + penalty;
    }
}
