package dev.lossforge.losses;

import static dev.lossforge.dsl.Formulas.abs;
import static dev.lossforge.dsl.Formulas.log;
import static dev.lossforge.dsl.Formulas.sum;

import dev.lossforge.dsl.Loss;
import dev.lossforge.dsl.Prediction;
import dev.lossforge.dsl.Target;

/**
 * Distances between distributions, a row of probabilities per sample; p is predicted, y is given. In nats, with
 * {@code 0 · log 0 = 0}. The value of a sample is the sum over its row; with the mean this is PyTorch's
 * {@code batchmean}.
 */
public final class DivergenceLosses {

    private DivergenceLosses() {}

    /** {@code Σ yᵢ log(yᵢ / pᵢ)}: ∞ where p is 0 and y is not. */
    @Loss
    static float kullbackLeibler(@Prediction(min = 0, max = 1) float[] p, @Target(min = 0, max = 1) float[] y) {
        return sum(p.length, i -> y[i] * log(y[i] / p[i]));
    }

    /** The Kullback–Leibler divergence on log-probabilities: {@code Σ yᵢ (log yᵢ − logpᵢ)}. */
    @Loss
    static float kullbackLeiblerWithLogProbabilities(
            @Prediction(max = 0) float[] logp, @Target(min = 0, max = 1) float[] y) {
        return sum(logp.length, i -> y[i] == 0f ? 0f : y[i] * (log(y[i]) - logp[i]));
    }

    /** {@code ½ KL(p, m) + ½ KL(y, m)} with {@code m = ½ (p + y)}: symmetric, at most log 2. */
    @Loss
    static float jensenShannon(@Prediction(min = 0, max = 1) float[] p, @Target(min = 0, max = 1) float[] y) {
        return 0.5f
                * sum(
                        p.length,
                        i -> p[i] * log(p[i] / (0.5f * (p[i] + y[i]))) + y[i] * log(y[i] / (0.5f * (p[i] + y[i]))));
    }

    /** {@code ½ Σ |pᵢ − yᵢ|}, between 0 and 1. */
    @Loss
    static float totalVariation(@Prediction(min = 0, max = 1) float[] p, @Target(min = 0, max = 1) float[] y) {
        return 0.5f * sum(p.length, i -> abs(p[i] - y[i]));
    }
}
