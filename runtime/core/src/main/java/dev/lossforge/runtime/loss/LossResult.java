package dev.lossforge.runtime.loss;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A loss and its derivatives on one batch.
 *
 * @param value the reduced loss; with {@link Reduction#NONE}, the sum
 * @param values the loss of every unit, multiplied by its weight; null unless the reduction is {@link Reduction#NONE}
 * @param gradients the gradient of {@code value} with respect to each prediction, by name and in order, with the shape
 *     of the prediction
 * @param hessians the diagonal of the Hessian likewise; empty if the loss does not compute it
 * @param parameterGradients the gradient with respect to each trainable hyperparameter, by name
 */
public record LossResult(
        double value,
        @Nullable Tensor values,
        Map<String, Tensor> gradients,
        Map<String, Tensor> hessians,
        Map<String, Tensor> parameterGradients) {

    /** A value and its gradient with respect to the only output of a model, for a step of a custom training loop. */
    public static LossResult of(double value, Tensor gradient) {
        return new LossResult(value, null, Map.of("output", gradient), Map.of(), Map.of());
    }

    /** The gradient with respect to the only prediction, or to the first of several. */
    public Tensor gradient() {
        return gradients.values().iterator().next();
    }

    /**
     * The gradient with respect to the prediction of this name.
     *
     * @throws ConfigurationException if the loss has no such prediction
     */
    public Tensor gradient(String prediction) {
        return named(gradients, prediction, "prediction", "has");
    }

    /**
     * The diagonal of the Hessian with respect to the prediction of this name.
     *
     * @throws ConfigurationException if the loss computes none for it
     */
    public Tensor hessian(String prediction) {
        return named(hessians, prediction, "Hessian for a prediction", "computes");
    }

    /**
     * The gradient with respect to the trainable hyperparameter of this name.
     *
     * @throws ConfigurationException if the loss has no such hyperparameter
     */
    public Tensor parameterGradient(String parameter) {
        return named(parameterGradients, parameter, "trainable hyperparameter", "has");
    }

    private static Tensor named(Map<String, Tensor> tensors, String name, String what, String verb) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new ConfigurationException("There is no " + what + " '" + name + "'; the loss " + verb + " "
                    + (tensors.isEmpty() ? "none" : String.join(", ", tensors.keySet())) + ".");
        }
        return tensor;
    }
}
