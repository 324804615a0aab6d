package dev.lossforge.losses;

import static dev.lossforge.dsl.Formulas.exp;
import static dev.lossforge.dsl.Formulas.lgamma;
import static dev.lossforge.dsl.Formulas.logSumExp;
import static dev.lossforge.dsl.Formulas.softplus;

import dev.lossforge.dsl.Hessian;
import dev.lossforge.dsl.Loss;
import dev.lossforge.dsl.Prediction;
import dev.lossforge.dsl.Target;

/**
 * Negative log-likelihoods of counts y = 0, 1, 2 … that vary more than a Poisson distribution, in nats, with all
 * constants. Per element. The predictions are logarithms and logits, which may be any numbers, so a model's plain
 * outputs fit.
 */
public final class CountLosses {

    private CountLosses() {}

    /**
     * {@code log Γ(r) − log Γ(y + r) + log y! + (y + r) log(1 + α μ) − y log(α μ)} with {@code μ = eᶻ}, {@code α = eᵃ}
     * and {@code r = 1/α}: the negative binomial distribution of mean μ and variance {@code μ + α μ²}. As α goes to 0,
     * it becomes the Poisson loss. The range of a ends at −80; below −3, the second derivative with respect to a loses
     * digits.
     *
     * <p>J. M. Hilbe, "Negative Binomial Regression", 2011 (NB2).
     *
     * @param z the logarithm of the mean
     * @param a the logarithm of the dispersion α
     */
    @Loss(hessian = Hessian.DIAGONAL)
    static float negativeBinomial(@Prediction float z, @Prediction float a, @Target(min = 0) float y) {
        return negativeBinomialOf(z, a, y);
    }

    private static float negativeBinomialOf(float z, float a, float y) {
        float r = exp(-a);
        return lgamma(y + 1f) - (lgamma(y + r) - lgamma(r)) + (y + r) * softplus(z + a) - y * (z + a);
    }

    /**
     * {@code −log(π + (1 − π) e^(−λ))} for y = 0, else {@code −log(1 − π) + λ − y log λ + log y!}, with {@code λ = eᶻ}
     * and {@code π = σ(g)}: a Poisson count that is also 0 for another reason, with probability π.
     *
     * <p>D. Lambert, "Zero-Inflated Poisson Regression", Technometrics 34 (1992).
     *
     * @param z the logarithm of the rate λ
     * @param g the logit of π
     */
    @Loss(hessian = Hessian.DIAGONAL)
    static float zeroInflatedPoisson(@Prediction float z, @Prediction float g, @Target(min = 0) float y) {
        return softplus(g) + (y == 0f ? -either(g, -exp(z)) : exp(z) - y * z + lgamma(y + 1f));
    }

    /**
     * {@link #negativeBinomial} for a count that is also 0 for another reason, with probability {@code σ(g)}.
     *
     * <p>W. Greene, "Accounting for Excess Zeros and Sample Selection in Poisson and Negative Binomial Regression
     * Models", 1994.
     */
    @Loss(hessian = Hessian.DIAGONAL)
    static float zeroInflatedNegativeBinomial(
            @Prediction float z, @Prediction float a, @Prediction float g, @Target(min = 0) float y) {
        return softplus(g) + (y == 0f ? -either(g, -exp(-a) * softplus(z + a)) : negativeBinomialOf(z, a, y));
    }

    /** {@code log(eˣ + eʸ)}. */
    private static float either(float x, float y) {
        return logSumExp(2, k -> k == 0 ? x : y);
    }
}
