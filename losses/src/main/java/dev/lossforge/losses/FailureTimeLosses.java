package dev.lossforge.losses;

import static dev.lossforge.dsl.Formulas.LOG_2PI;
import static dev.lossforge.dsl.Formulas.abs;
import static dev.lossforge.dsl.Formulas.exp;
import static dev.lossforge.dsl.Formulas.expm1;
import static dev.lossforge.dsl.Formulas.isFinite;
import static dev.lossforge.dsl.Formulas.log;
import static dev.lossforge.dsl.Formulas.log1mExp;
import static dev.lossforge.dsl.Formulas.logDiffExp;
import static dev.lossforge.dsl.Formulas.logNormalCdf;
import static dev.lossforge.dsl.Formulas.softplus;
import static dev.lossforge.dsl.Formulas.square;

import dev.lossforge.dsl.Hessian;
import dev.lossforge.dsl.Loss;
import dev.lossforge.dsl.Param;
import dev.lossforge.dsl.Prediction;
import dev.lossforge.dsl.Target;

/**
 * Accelerated failure time models: the logarithm of a time until an event is p plus noise of a known distribution. The
 * time is known to lie in {@code [lower, upper]}. For an event that was observed, both are equal. If nothing has
 * happened until {@code lower}, then {@code upper} is infinite. If the event happened before {@code upper}, then
 * {@code lower} is 0. Negative log-likelihoods in nats, per element, with {@code z = (log time − p) / scale}. Times are
 * positive; NaN if {@code upper < lower}.
 *
 * <p>A. Barnwal, H. Cho, T. Hocking, "Survival Regression with Accelerated Failure Time Model in XGBoost", Journal of
 * Computational and Graphical Statistics 31 (2022), tables 1 and 2. Unlike XGBoost, these losses clip nothing.
 */
public final class FailureTimeLosses {

    private FailureTimeLosses() {}

    /**
     * Normal noise: {@code ½ z² + ½ log 2π + log scale + log time}, or {@code −log(Φ(z_upper) − Φ(z_lower))}. If the
     * times are {@code e} to the power of the observations, this is the Tobit model.
     *
     * @param scale the standard deviation of the logarithm
     */
    @Loss(hessian = Hessian.DIAGONAL)
    @SuppressWarnings("FormulaDomain") // an interval of negative length
    static float normalFailureTime(
            @Prediction float p,
            @Target(min = 0) float lower,
            @Target(min = 0) float upper,
            @Param(defaultValue = 1, min = 1e-6, trainable = true) float scale) {
        float from = standardized(lower, p, scale);
        if (lower == upper) {
            return 0.5f * square(from) + 0.5f * LOG_2PI + log(scale) + log(lower);
        }
        if (!isFinite(upper)) {
            return -logNormalCdf(-from);
        }
        float to = standardized(upper, p, scale);
        if (lower == 0f) {
            return -logNormalCdf(to);
        }
        float width = log(upper / lower) / scale;
        float middle = from + 0.5f * width;
        if (width < 0.1f && abs(middle) * width < 0.1f) {
            return narrow(middle, width);
        }
        return from > 0f
                ? -logDiffExp(logNormalCdf(-from), logNormalCdf(-to))
                : -logDiffExp(logNormalCdf(to), logNormalCdf(from));
    }

    /**
     * {@code −log} of the mass of the normal distribution between two points that are so close that their tails cancel:
     * what is left out is below 1e-7 for widths up to 0.1.
     */
    private static float narrow(float middle, float width) {
        float u = square(0.5f * middle * width);
        float bent = u * (1f / 6f - u * (1f / 180f)) - square(width) / 24f;
        return 0.5f * square(middle) + 0.5f * LOG_2PI - log(width) - bent;
    }

    /**
     * Logistic noise, whose hazard rises and falls: {@code z + 2 log(1 + e⁻ᶻ) + log scale + log time}, or
     * {@code −log(σ(z_upper) − σ(z_lower))}.
     *
     * @param scale of the logarithm; its standard deviation is 1.81 of it
     */
    @Loss(hessian = Hessian.DIAGONAL)
    @SuppressWarnings("FormulaDomain") // an interval of negative length
    static float logisticFailureTime(
            @Prediction float p,
            @Target(min = 0) float lower,
            @Target(min = 0) float upper,
            @Param(defaultValue = 1, min = 1e-6, trainable = true) float scale) {
        float from = standardized(lower, p, scale);
        if (lower == upper) {
            return softplus(from) + softplus(-from) + log(scale) + log(lower);
        }
        if (!isFinite(upper)) {
            return softplus(from);
        }
        float to = standardized(upper, p, scale);
        return lower == 0f ? softplus(-to) : softplus(-to) + softplus(from) - log1mExp(log(lower / upper) / scale);
    }

    /**
     * Extreme value noise, which gives the times a Weibull distribution of shape 1 / scale: {@code eᶻ − z + log scale +
     * log time}, or {@code −log(e^(−e^z_lower) − e^(−e^z_upper))}. The hazard ratio of two samples is constant, as in
     * Cox's model.
     *
     * @param scale of the logarithm; its standard deviation is 1.28 of it
     */
    @Loss(hessian = Hessian.DIAGONAL)
    @SuppressWarnings("FormulaDomain") // an interval of negative length
    static float extremeFailureTime(
            @Prediction float p,
            @Target(min = 0) float lower,
            @Target(min = 0) float upper,
            @Param(defaultValue = 1, min = 1e-6, trainable = true) float scale) {
        float from = standardized(lower, p, scale);
        if (lower == upper) {
            return exp(from) - from + log(scale) + log(lower);
        }
        if (!isFinite(upper)) {
            return exp(from);
        }
        float to = standardized(upper, p, scale);
        return lower == 0f ? -logOccurred(to) : exp(from) - logOccurred(from + log(expm1(log(upper / lower) / scale)));
    }

    /** {@code log(1 − e^(−eᶻ))}; by its series where eᶻ is so small that few digits would remain. */
    private static float logOccurred(float z) {
        return z < -16f ? z - 0.5f * exp(z) : log1mExp(-exp(z));
    }

    private static float standardized(float time, float p, float scale) {
        return (log(time) - p) / scale;
    }
}
