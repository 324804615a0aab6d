package dev.lossforge.runtime.loss;

import dev.lossforge.runtime.tensor.Tensor;
import java.util.Map;

/**
 * A penalty on the weights of a model, the R in {@code J = L + λR}; over one weight tensor, the sum over its elements,
 * its rows or the tensor as a matrix, as the formula's rank says.
 */
public interface PenaltyFunction {

    /** The name of the formula, as in {@code l2}. */
    String name();

    /** The name and the values of the hyperparameters: equal for regularisers that compute the same. */
    default String description() {
        return name();
    }

    /** The penalty of these weights. */
    double value(Tensor weights);

    /** The parts of the penalty of these weights, by name and in order; empty if the formula marks none. */
    default Map<String, Double> parts(Tensor weights) {
        return Map.of();
    }

    /** Adds {@code factor · ∂R/∂weights} to the gradient, which is shaped as the weights, and returns the penalty R. */
    double addGradient(Tensor weights, double factor, Tensor gradient);
}
