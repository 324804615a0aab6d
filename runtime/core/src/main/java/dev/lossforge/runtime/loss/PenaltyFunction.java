package dev.lossforge.runtime.loss;

import dev.lossforge.runtime.tensor.Tensor;
import java.util.Map;

/**
 * A penalty on the weights of a model, the R in {@code J = L + λR}. The rank of the formula determines its scope: the
 * elements or the rows of a weight tensor, whose penalties are added up, or the tensor as a matrix.
 */
public interface PenaltyFunction {

    /** The name of the formula, as in {@code l2}. */
    String name();

    /** The name and the values of the hyperparameters; equal for regularizers that compute the same. */
    default String description() {
        return name();
    }

    /** The penalty of these weights. */
    double value(Tensor weights);

    /** The parts of the penalty of these weights, by name and in order; empty if the formula marks none. */
    default Map<String, Double> parts(Tensor weights) {
        return Map.of();
    }

    /**
     * Adds {@code factor · ∂R/∂weights} to the gradient, which has the shape of the weights, and returns the penalty R.
     */
    double addGradient(Tensor weights, double factor, Tensor gradient);
}
