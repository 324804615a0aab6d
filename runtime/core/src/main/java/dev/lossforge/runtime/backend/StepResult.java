package dev.lossforge.runtime.backend;

import dev.lossforge.runtime.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The result of a training step, before its update.
 *
 * @param dataLoss the reduced loss over the batch; with several losses, their weighted sum. A loss that counts nothing
 *     of the batch is 0
 * @param penalty the sum of all penalties, factors included; 0 without penalties
 * @param applied whether the parameters were updated: false if and only if the loss, the penalty or a gradient was NaN
 *     or infinite
 * @param losses each of several losses, reduced but not weighted, by name and in order; empty if there is one
 * @param hyperparameters the trained hyperparameters that this step's losses used, by name
 * @param divisors the divisor of each loss of the spec, in order; see
 *     {@link dev.lossforge.runtime.loss.BoundLoss#divisor(dev.lossforge.runtime.loss.Reduction, int)}
 */
public record StepResult(
        double dataLoss,
        double penalty,
        boolean applied,
        Map<String, Double> losses,
        Map<String, Tensor> hyperparameters,
        List<Double> divisors) {

    public StepResult {
        losses = Collections.unmodifiableMap(new LinkedHashMap<>(losses));
        hyperparameters = Collections.unmodifiableMap(new LinkedHashMap<>(hyperparameters));
        divisors = List.copyOf(divisors);
    }

    /** The result of a step with one loss, whose hyperparameters are not trained. */
    public StepResult(double dataLoss, double penalty, boolean applied, double divisor) {
        this(dataLoss, penalty, applied, Map.of(), Map.of(), List.of(divisor));
    }

    /** The result of a step along gradients from the caller, without losses of the spec. */
    public StepResult(double dataLoss, double penalty, boolean applied) {
        this(dataLoss, penalty, applied, Map.of(), Map.of(), List.of());
    }

    /** The number that is minimized: data loss and penalty. */
    public double loss() {
        return dataLoss + penalty;
    }
}
