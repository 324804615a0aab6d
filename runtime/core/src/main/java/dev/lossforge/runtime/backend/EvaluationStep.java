package dev.lossforge.runtime.backend;

import dev.lossforge.runtime.tensor.Tensor;

/**
 * What an evaluation found.
 *
 * @param dataLoss the reduced loss over the batch
 * @param penalty the sum of all penalties, factors included; 0 without penalties
 * @param outputs what the model makes of the batch's inputs; may be overwritten by the next call to the compiled model
 */
public record EvaluationStep(double dataLoss, double penalty, Tensor outputs) {

    /** Data loss and penalty. */
    public double loss() {
        return dataLoss + penalty;
    }
}
