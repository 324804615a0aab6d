package dev.lossforge.losses;

import static dev.lossforge.dsl.Formulas.abs;
import static dev.lossforge.dsl.Formulas.square;

import dev.lossforge.dsl.Param;
import dev.lossforge.dsl.Regularizer;
import dev.lossforge.dsl.Weight;

/**
 * Penalties R on the weights of a model, for {@code J = L + λR}; summed over all weights, λ is given with the model.
 */
public final class Regularizers {

    private Regularizers() {}

    /** {@code |w|}: drives weights to exactly 0. Gradient 0 at 0. */
    @Regularizer
    static float l1(@Weight float w) {
        return abs(w);
    }

    /** {@code w²}, without a factor ½ (DJL has one). */
    @Regularizer
    static float l2(@Weight float w) {
        return square(w);
    }

    /** {@code α |w| + (1 − α) w²}. */
    @Regularizer
    static float elasticNet(@Weight float w, @Param(defaultValue = 0.5, min = 0, max = 1) float alpha) {
        return alpha * abs(w) + (1f - alpha) * square(w);
    }
}
