package dev.lossforge.runtime.backend;

/**
 * What a training step found, before its update.
 *
 * @param dataLoss the reduced loss over the batch
 * @param penalty the sum of all penalties, factors included; 0 without penalties
 * @param applied whether the parameters were updated: false exactly when the loss, the penalty or a gradient was NaN or
 *     infinite
 */
public record StepResult(double dataLoss, double penalty, boolean applied) {

    /** What is minimised: data loss and penalty. */
    public double loss() {
        return dataLoss + penalty;
    }
}
