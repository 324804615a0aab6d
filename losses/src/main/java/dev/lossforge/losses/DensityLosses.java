package dev.lossforge.losses;

import static dev.lossforge.dsl.Formulas.LOG_2PI;
import static dev.lossforge.dsl.Formulas.abs;
import static dev.lossforge.dsl.Formulas.exp;
import static dev.lossforge.dsl.Formulas.lbeta;
import static dev.lossforge.dsl.Formulas.lgamma;
import static dev.lossforge.dsl.Formulas.log;
import static dev.lossforge.dsl.Formulas.log1p;
import static dev.lossforge.dsl.Formulas.logBesselI0;
import static dev.lossforge.dsl.Formulas.part;
import static dev.lossforge.dsl.Formulas.sigmoid;
import static dev.lossforge.dsl.Formulas.sin;
import static dev.lossforge.dsl.Formulas.square;

import dev.lossforge.dsl.Hessian;
import dev.lossforge.dsl.Loss;
import dev.lossforge.dsl.Param;
import dev.lossforge.dsl.Prediction;
import dev.lossforge.dsl.Target;

/**
 * Negative log-likelihoods of real numbers, in nats, with all constants. The predictions are the parameters of a
 * distribution of y, and the logarithms of positive parameters, so a model's plain outputs fit. Per element.
 */
public final class DensityLosses {
    private static final float LOG_PI = (float) Math.log(Math.PI);

    private DensityLosses() {}

    /**
     * {@code ½(ν + 1) log(1 + t²/ν) + ½ log(π ν) + log Γ(½ν) − log Γ(½(ν + 1)) + logScale} with {@code t = (y − mean) /
     * e^logScale} and {@code ν = e^logDegrees}: Student's distribution, whose tails grow heavier as ν falls. It is
     * Cauchy's at ν = 1 and tends to the normal distribution as ν grows.
     *
     * <p>K. L. Lange, R. J. A. Little, J. M. G. Taylor, "Robust Statistical Modeling Using the t Distribution", JASA 84
     * (1989).
     *
     * @param logDegrees the logarithm of the degrees of freedom ν
     */
    @Loss(hessian = Hessian.DIAGONAL)
    static float studentT(
            @Prediction float mean, @Prediction float logScale, @Prediction float logDegrees, @Target float y) {
        float half = 0.5f * exp(logDegrees);
        float t = (y - mean) * exp(-logScale - 0.5f * logDegrees);
        float normalizer = 0.5f * (logDegrees + LOG_PI) - (lgamma(half + 0.5f) - lgamma(half));
        return (half + 0.5f) * log1p(square(t)) + normalizer + logScale;
    }

    /**
     * {@code log B(α, β) − (α − 1) log y − (β − 1) log(1 − y)} with {@code α = μ φ}, {@code β = (1 − μ) φ}, {@code μ =
     * σ(z)} and {@code φ = e^logPrecision}: a share y, between 0 and 1, of mean μ and variance {@code μ (1 − μ) / (1 +
     * φ)}. y itself must be neither 0 nor 1.
     *
     * <p>S. Ferrari, F. Cribari-Neto, "Beta Regression for Modelling Rates and Proportions", Journal of Applied
     * Statistics 31 (2004).
     *
     * @param z the logit of the mean
     */
    @Loss
    static float beta(
            @Prediction float z,
            @Prediction float logPrecision,
            @Target(min = Float.MIN_NORMAL, max = 1 - 5.9604645e-8) float y) {
        float a = sigmoid(z) * exp(logPrecision);
        float b = sigmoid(-z) * exp(logPrecision);
        return lbeta(a, b) - (a - 1f) * log(y) - (b - 1f) * log1p(-y);
    }

    /**
     * {@code log 2π + log I₀(κ) − κ cos(y − mean)} with {@code κ = e^logConcentration}: angles, in radians.
     *
     * <p>K. V. Mardia, P. E. Jupp, "Directional Statistics", 2000, section 3.5.4.
     */
    @Loss(hessian = Hessian.DIAGONAL)
    static float vonMises(@Prediction float mean, @Prediction float logConcentration, @Target float y) {
        float kappa = exp(logConcentration);
        return LOG_2PI + scaledLogBessel(kappa, logConcentration) + kappa * 2f * square(sin(0.5f * (y - mean)));
    }

    /** {@code log I₀(κ) − κ}; for large κ by its asymptotic series, because the difference cancels. */
    private static float scaledLogBessel(float kappa, float logKappa) {
        float u = 1f / kappa;
        float series = u * (0.125f + u * (1f / 16f + u * (25f / 384f + u * (13f / 128f))));
        return kappa > 40f ? series - 0.5f * (LOG_2PI + logKappa) : logBesselI0(kappa) - kappa;
    }

    /**
     * {@code ½ log(π/ν) + log Γ(α) − log Γ(α + ½) + ½ log Ω + (α + ½) log(1 + ν (y − gamma)²/Ω)} with {@code Ω = 2β (1
     * + ν)}, plus {@code lambda |y − gamma| (2ν + α)}: a normal distribution whose mean and variance have a
     * normal-inverse-gamma distribution. The evidence ν, α and the spread β separate noise from ignorance. Its parts
     * are {@code likelihood} and, without its factor, {@code evidence}.
     *
     * <p>A. Amini et al., "Deep Evidential Regression", NeurIPS 2020, eq. 8 and 9.
     *
     * @param gamma the mean
     * @param nu ν, positive: by softplus of a model's output
     * @param alpha α, above 1: by 1 + softplus
     * @param beta β, positive: by softplus
     * @param lambda the weight of wrong evidence
     */
    @Loss
    static float evidentialRegression(
            @Prediction float gamma,
            @Prediction(min = 1e-6) float nu,
            @Prediction(min = 1) float alpha,
            @Prediction(min = 1e-6) float beta,
            @Target float y,
            @Param(defaultValue = 0.01, min = 0) float lambda) {
        float omega = 2f * beta * (1f + nu);
        float normalizer = 0.5f * (LOG_PI - log(nu) + log(omega)) - (lgamma(alpha + 0.5f) - lgamma(alpha));
        float likelihood = normalizer + (alpha + 0.5f) * log1p(nu * square(y - gamma) / omega);
        return part("likelihood", likelihood) + lambda * part("evidence", abs(y - gamma) * (2f * nu + alpha));
    }
}
