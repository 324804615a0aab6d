package dev.lossforge.losses;

import static dev.lossforge.dsl.Formulas.abs;
import static dev.lossforge.dsl.Formulas.dot;
import static dev.lossforge.dsl.Formulas.part;
import static dev.lossforge.dsl.Formulas.square;
import static dev.lossforge.dsl.Formulas.sum;

import dev.lossforge.dsl.Param;
import dev.lossforge.dsl.Regularizer;
import dev.lossforge.dsl.Weight;

/** Penalties R on the weights of a model, for {@code J = L + λR}. R is summed over all weights; the model sets λ. */
public final class Regularizers {

    private Regularizers() {}

    /** {@code |w|}: drives weights to exactly 0. Gradient 0 at 0. */
    @Regularizer
    static float l1(@Weight float w) {
        return abs(w);
    }

    /** {@code w²}, without a factor ½ (DJL has one, and so has PyTorch's {@code weight_decay}). */
    @Regularizer
    static float l2(@Weight float w) {
        return square(w);
    }

    /**
     * {@code α |w| + (1 − α) w²}. With Keras' two factors {@code l1} and {@code l2}: λ = l1 + l2, α = l1 / (l1 + l2).
     * scikit-learn halves the square. Its parts are {@code l1} and {@code l2}, without their factors.
     *
     * <p>H. Zou, T. Hastie, "Regularization and variable selection via the elastic net", J. R. Statist. Soc. B 67
     * (2005).
     */
    @Regularizer
    static float elasticNet(@Weight float w, @Param(defaultValue = 0.5, min = 0, max = 1) float alpha) {
        return alpha * part("l1", abs(w)) + (1f - alpha) * part("l2", square(w));
    }

    /**
     * {@code ‖W Wᵀ − I‖²}, the sum over all pairs of rows: 0 when the rows are orthonormal. If the weights have more
     * than two axes, the rows run along the last one.
     *
     * <p>N. Bansal et al., "Can We Gain More from Orthogonality Regularizations in Training Deep Networks?", NeurIPS
     * 2018, eq. 1.
     */
    @Regularizer
    static float orthogonal(@Weight float[][] w) {
        return sum(w.length, i -> sum(w.length, j -> square(dot(w[i], w[j]) - (i == j ? 1f : 0f))));
    }
}
