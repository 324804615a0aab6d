package dev.lossforge.runtime.loss;

import dev.lossforge.runtime.tensor.Tensor;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A loss and its derivatives on one batch.
 *
 * @param value the reduced loss; with {@link Reduction#NONE} the sum
 * @param values the loss of every unit, times its weight; null unless the reduction is {@link Reduction#NONE}
 * @param gradients the gradient of {@code value} with respect to each prediction, by name and in order, shaped as it
 * @param hessians the diagonal of the Hessian likewise; empty if the loss does not compute it
 * @param parameterGradients the gradient with respect to each trainable hyperparameter, by name
 */
public record LossResult(
        double value,
        @Nullable Tensor values,
        Map<String, Tensor> gradients,
        Map<String, Tensor> hessians,
        Map<String, Tensor> parameterGradients) {

    /** The gradient with respect to the only prediction, or to the first of several. */
    public Tensor gradient() {
        return gradients.values().iterator().next();
    }
}
