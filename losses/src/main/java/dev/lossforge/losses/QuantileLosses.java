package dev.lossforge.losses;

import static dev.lossforge.dsl.Formulas.abs;
import static dev.lossforge.dsl.Formulas.erf;
import static dev.lossforge.dsl.Formulas.exp;
import static dev.lossforge.dsl.Formulas.max;
import static dev.lossforge.dsl.Formulas.mean;
import static dev.lossforge.dsl.Formulas.square;

import dev.lossforge.dsl.Hessian;
import dev.lossforge.dsl.Loss;
import dev.lossforge.dsl.Param;
import dev.lossforge.dsl.Prediction;
import dev.lossforge.dsl.Target;

/**
 * Losses for quantiles and expectiles, and for whole distributions given by their quantiles or by a sample. The loss
 * for a single quantile is in {@link RegressionLosses}.
 */
public final class QuantileLosses {

    private QuantileLosses() {}

    /**
     * {@code |τ − [y < p]| (y − p)²}: the τ-expectile of y minimises its mean; τ = ½ gives half the squared error. The
     * second derivative at p = y is that of y above p.
     *
     * <p>W. K. Newey, J. L. Powell, "Asymmetric Least Squares Estimation and Testing", Econometrica 55 (1987).
     *
     * @param expectile τ, between 0 and 1
     */
    @Loss(hessian = Hessian.DIAGONAL)
    static float expectile(
            @Prediction float p, @Target float y, @Param(defaultValue = 0.5, min = 0, max = 1) float expectile) {
        return (y < p ? 1f - expectile : expectile) * square(y - p);
    }

    /**
     * {@code |q − [y < p]| huber(y − p) / κ}, huber quadratic up to κ: the pinball loss without its kink, which it
     * tends to as κ goes to 0. The second derivative at p = y is that of y above p.
     *
     * <p>W. Dabney et al., "Implicit Quantile Networks for Distributional Reinforcement Learning", ICML 2018.
     *
     * @param quantile q, between 0 and 1
     * @param kappa κ, in the unit of y
     */
    @Loss(hessian = Hessian.DIAGONAL)
    static float quantileHuber(
            @Prediction float p,
            @Target float y,
            @Param(defaultValue = 0.5, min = 0, max = 1) float quantile,
            @Param(defaultValue = 1, min = 1e-15) float kappa) {
        return quantileHuberOf(y - p, quantile, kappa);
    }

    static float quantileHuberOf(float u, float quantile, float kappa) {
        float r = abs(u);
        float error = r <= kappa ? 0.5f * square(u) / kappa : r - 0.5f * kappa;
        return (u < 0f ? 1f - quantile : quantile) * error;
    }

    /**
     * {@code mean max(q (y − p), (q − 1)(y − p))} over several quantiles of the same y, one prediction for each: the
     * mean of their pinball losses. Gradient {@code (½ − q) / quantiles} at p = y.
     *
     * <p>R. Koenker, G. Bassett, "Regression Quantiles", Econometrica 46 (1978).
     *
     * @param p {@code [quantiles]}
     * @param quantiles q of each
     */
    @Loss
    static float multiQuantile(@Prediction float[] p, @Target float y, @Param(min = 0, max = 1) float[] quantiles) {
        return mean(p.length, k -> max(quantiles[k] * (y - p[k]), (quantiles[k] - 1f) * (y - p[k])));
    }

    /**
     * {@code mean |xᵢ − y| − ½ mean |xᵢ − xⱼ|} over an ensemble x: the continuous ranked probability score of the
     * distribution that gives each member the same probability. In the unit of y; for a single member, it is the
     * absolute error. Gradient 0 where two are equal. The work is quadratic in the members.
     *
     * <p>T. Gneiting, A. E. Raftery, "Strictly Proper Scoring Rules, Prediction, and Estimation", JASA 102 (2007), eq.
     * 21.
     *
     * @param x {@code [members]}
     */
    @Loss
    static float ensembleRankedProbability(@Prediction float[] x, @Target float y) {
        float spread = mean(x.length, i -> mean(x.length, j -> abs(x[i] - x[j])));
        return mean(x.length, i -> abs(x[i] - y)) - 0.5f * spread;
    }

    /**
     * {@code σ (t erf(t/√2) + √(2/π) e^(−t²/2) − 1/√π)} with {@code t = (y − mean) / σ} and {@code σ = e^logScale}: the
     * continuous ranked probability score of a normal distribution, in the unit of y. It is less sensitive to outliers
     * than a likelihood.
     *
     * <p>T. Gneiting et al., "Calibrated Probabilistic Forecasting Using Ensemble Model Output Statistics and Minimum
     * CRPS Estimation", Monthly Weather Review 133 (2005), eq. 5.
     */
    @Loss(hessian = Hessian.DIAGONAL)
    static float gaussianRankedProbability(@Prediction float mean, @Prediction float logScale, @Target float y) {
        float t = (y - mean) * exp(-logScale);
        float density = (float) Math.sqrt(2 / Math.PI) * exp(-0.5f * square(t));
        return exp(logScale) * (t * erf(t / (float) Math.sqrt(2)) + density - (float) (1 / Math.sqrt(Math.PI)));
    }
}
