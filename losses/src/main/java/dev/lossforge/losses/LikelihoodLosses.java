package dev.lossforge.losses;

import static dev.lossforge.dsl.Formulas.LOG_2PI;
import static dev.lossforge.dsl.Formulas.exp;
import static dev.lossforge.dsl.Formulas.log;
import static dev.lossforge.dsl.Formulas.logSoftmax;
import static dev.lossforge.dsl.Formulas.logSumExp;
import static dev.lossforge.dsl.Formulas.max;
import static dev.lossforge.dsl.Formulas.square;
import static dev.lossforge.dsl.Formulas.sum;

import dev.lossforge.dsl.Hessian;
import dev.lossforge.dsl.Loss;
import dev.lossforge.dsl.Param;
import dev.lossforge.dsl.Prediction;
import dev.lossforge.dsl.Target;

/**
 * Negative log-likelihoods of counts, amounts and real numbers, in nats. The predictions are the parameters of a
 * distribution, and y is the observation. All but {@link #mixtureDensity} are per element. Terms that depend on y alone
 * change no gradient; they are left out unless a parameter asks for them.
 */
public final class LikelihoodLosses {

    private LikelihoodLosses() {}

    /**
     * {@code p − y log(p + eps)}: a count y ≥ 0 under a Poisson distribution of rate p ≥ 0, with {@code 0 · log 0 = 0};
     * +∞ at p = 0 for y > 0 while eps is 0. PyTorch adds 1e-8 and Keras 1e-7 to the rate: give it as eps.
     *
     * @param full 1 adds Stirling's {@code y log y − y + ½ log 2πy} where y > 1 (PyTorch's {@code full}), 0 does not
     */
    @Loss(hessian = Hessian.DIAGONAL)
    static float poisson(
            @Prediction(min = 0) float p,
            @Target(min = 0) float y,
            @Param(defaultValue = 0, min = 0) float eps,
            @Param(defaultValue = 0, min = 0, max = 1) int full) {
        return p - y * log(p + eps) + stirling(y, full);
    }

    /**
     * {@code eᶻ − y z}: as {@link #poisson}, on the logarithm z of the rate (PyTorch's {@code log_input = True},
     * scikit-learn's half Poisson loss).
     *
     * @param full 1 adds Stirling's {@code y log y − y + ½ log 2πy} where y > 1 (PyTorch's {@code full}), 0 does not
     */
    @Loss(hessian = Hessian.DIAGONAL)
    static float poissonLog(
            @Prediction float z, @Target(min = 0) float y, @Param(defaultValue = 0, min = 0, max = 1) int full) {
        return exp(z) - y * z + stirling(y, full);
    }

    private static float stirling(float y, int full) {
        return full == 1 && y > 1f ? y * log(y) - y + 0.5f * (LOG_2PI + log(y)) : 0f;
    }

    /**
     * {@code z + y e⁻ᶻ}: half the gamma deviance on the logarithm z of the mean; for amounts y ≥ 0 whose deviation
     * grows in proportion to the mean.
     */
    @Loss(hessian = Hessian.DIAGONAL)
    static float halfGamma(@Prediction float z, @Target(min = 0) float y) {
        return y == 0f ? z : z + y * exp(-z);
    }

    /**
     * {@code e^((2−p) z) / (2 − p) − y e^((1−p) z) / (1 − p)}: half the Tweedie deviance of power p on the logarithm z
     * of the mean, without the terms of y alone; {@link #poissonLog} at p = 1, {@link #halfGamma} at p = 2 and {@code ½
     * (eᶻ − y)²} at p = 0. For amounts that are often exactly 0, such as claims, 1 &lt; p &lt; 2. As in scikit-learn
     * the terms left out differ between p = 1, p = 2 and the rest, so the value jumps there by a constant; the gradient
     * {@code e^((2−p) z) − y e^((1−p) z)} does not.
     *
     * @param power p, the exponent of the mean in the variance
     */
    @Loss(hessian = Hessian.DIAGONAL)
    static float halfTweedie(
            @Prediction float z, @Target(min = 0) float y, @Param(defaultValue = 1.5, min = 0, max = 3) float power) {
        if (power == 0f) {
            return 0.5f * square(exp(z) - y);
        }
        if (power == 1f) {
            return exp(z) - y * z;
        }
        float amount = y == 0f ? 0f : power == 2f ? y * exp(-z) : y * exp((1f - power) * z) / (power - 1f);
        return amount + (power == 2f ? z : exp((2f - power) * z) / (2f - power));
    }

    /**
     * {@code ½ (log v + (mean − y)² / v)} with {@code v = max(variance, eps)}: y under a normal distribution. Where
     * variance ≤ eps its gradient is 0; PyTorch lets it pass there as if v were variance.
     *
     * @param eps the smallest variance, as in PyTorch
     * @param full 1 adds the constant {@code ½ log 2π}, 0 does not
     */
    @Loss(hessian = Hessian.DIAGONAL)
    static float gaussianNegativeLogLikelihood(
            @Prediction float mean,
            @Prediction(min = 0) float variance,
            @Target float y,
            @Param(defaultValue = 1e-6, min = Float.MIN_NORMAL) float eps,
            @Param(defaultValue = 0, min = 0, max = 1) int full) {
        float v = max(variance, eps);
        return 0.5f * (log(v) + square(mean - y) / v) + constant(full);
    }

    /**
     * {@code ½ (s + (mean − y)² e⁻ˢ)}: the same for {@code s = log variance}, which may be any number, so a model's
     * plain output fits.
     *
     * @param full 1 adds the constant {@code ½ log 2π}, 0 does not
     */
    @Loss(hessian = Hessian.DIAGONAL)
    static float gaussianNegativeLogLikelihoodWithLogVariance(
            @Prediction float mean,
            @Prediction float logVariance,
            @Target float y,
            @Param(defaultValue = 0, min = 0, max = 1) int full) {
        float scaled = (mean - y) * exp(-0.5f * logVariance);
        return 0.5f * (logVariance + square(scaled)) + constant(full);
    }

    private static float constant(int full) {
        return full == 1 ? 0.5f * LOG_2PI : 0f;
    }

    /**
     * {@code −log Σₖ πₖ Πⱼ N(yⱼ; meansₖⱼ, σₖⱼ)} with {@code π = softmax(logits)} and {@code σ = e^logScales}: a row y
     * of d numbers under a mixture of K normal distributions with independent components. The constant is included, so
     * the value is the logarithm of the density. Shapes per sample: logits {@code [K]}, means and logScales
     * {@code [K·d]}, component after component, y {@code [d]}.
     *
     * <p>C. Bishop, "Mixture Density Networks", Aston University 1994, eq. 29.
     */
    @Loss
    static float mixtureDensity(
            @Prediction float[] logits, @Prediction float[] means, @Prediction float[] logScales, @Target float[] y) {
        float[] logWeights = logSoftmax(logits);
        return -logSumExp(
                logits.length,
                k -> logWeights[k]
                        - sum(y.length, j -> {
                            float scale = logScales[k * y.length + j];
                            float scaled = (y[j] - means[k * y.length + j]) * exp(-scale);
                            return 0.5f * (square(scaled) + LOG_2PI) + scale;
                        }));
    }
}
