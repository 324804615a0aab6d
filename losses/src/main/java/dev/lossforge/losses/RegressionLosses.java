package dev.lossforge.losses;

import static dev.lossforge.dsl.Formulas.abs;
import static dev.lossforge.dsl.Formulas.hypot;
import static dev.lossforge.dsl.Formulas.log1p;
import static dev.lossforge.dsl.Formulas.max;
import static dev.lossforge.dsl.Formulas.mean;
import static dev.lossforge.dsl.Formulas.sqrt;
import static dev.lossforge.dsl.Formulas.square;

import dev.lossforge.dsl.Formulas;
import dev.lossforge.dsl.Hessian;
import dev.lossforge.dsl.Loss;
import dev.lossforge.dsl.Param;
import dev.lossforge.dsl.Prediction;
import dev.lossforge.dsl.Target;

/**
 * Losses for predicting a number: p is the prediction, y the observed value. They are in the unit of y or its square.
 * All but {@link #meanAbsoluteScaledError} and {@link #rootMeanSquaredError} are per element and take predictions of
 * any shape.
 */
public final class RegressionLosses {

    private RegressionLosses() {}

    /** {@code (p − y)²}. Its mean over the elements is the mean squared error. */
    @Loss(hessian = Hessian.DIAGONAL)
    static float meanSquaredError(@Prediction float p, @Target float y) {
        return square(p - y);
    }

    /** {@code ½ (p − y)²}, whose gradient is the residual. */
    @Loss(hessian = Hessian.DIAGONAL)
    static float halfSquaredError(@Prediction float p, @Target float y) {
        return 0.5f * square(p - y);
    }

    /** {@code |p − y|}. Gradient 0 where p = y; the second derivative is 0 everywhere. */
    @Loss(hessian = Hessian.DIAGONAL)
    static float meanAbsoluteError(@Prediction float p, @Target float y) {
        return abs(p - y);
    }

    /**
     * {@code 100 |p − y| / max(|y|, eps)}, in percent. eps keeps targets of 0 from dividing by 0; the default is
     * Keras'. scikit-learn gives the fraction, a hundredth of this. Gradient 0 where p = y.
     */
    @Loss(hessian = Hessian.DIAGONAL)
    static float meanAbsolutePercentageError(
            @Prediction float p, @Target float y, @Param(defaultValue = 1e-7, min = Float.MIN_NORMAL) float eps) {
        return 100f * abs(p - y) / max(abs(y), eps);
    }

    /**
     * {@code 200 |p − y| / max(|p| + |y|, eps)}, in percent, between 0 and 200: the relative error that treats p and y
     * symmetrically (sMAPE). Gradient 0 where p = y.
     *
     * <p>S. Makridakis, "Accuracy measures: theoretical and practical concerns", International Journal of Forecasting 9
     * (1993); the factor as in the M4 competition.
     *
     * @param eps keeps predictions and targets of 0 from dividing by 0
     */
    @Loss(hessian = Hessian.DIAGONAL)
    static float symmetricMeanAbsolutePercentageError(
            @Prediction float p, @Target float y, @Param(defaultValue = 1e-7, min = Float.MIN_NORMAL) float eps) {
        return 200f * abs(p - y) / max(abs(p) + abs(y), eps);
    }

    /**
     * {@code mean |p − y| / max(mean |hₜ₊ₛ − hₜ|, eps)} of a series: its error relative to that of repeating the
     * previous season in the past h (MASE). Gradient 0 where p = y.
     *
     * <p>R. J. Hyndman, A. B. Koehler, "Another look at measures of forecast accuracy", International Journal of
     * Forecasting 22 (2006).
     *
     * @param p {@code [horizon]}
     * @param history {@code [past]}, longer than a season
     * @param season s, in steps
     * @param eps keeps a constant past from dividing by 0
     */
    @Loss
    @SuppressWarnings("FormulaDomain") // the mean over a past not longer than a season is NaN
    static float meanAbsoluteScaledError(
            @Prediction float[] p,
            @Target float[] y,
            @Target float[] history,
            @Param(defaultValue = 1, min = 1) int season,
            @Param(defaultValue = 1e-7, min = Float.MIN_NORMAL) float eps) {
        float naive = mean(history.length - season, t -> abs(history[t + season] - history[t]));
        return mean(p.length, t -> abs(p[t] - y[t])) / max(naive, eps);
    }

    /**
     * {@code (log(1 + p) − log(1 + y))²}, where p and y below eps count as eps (as in Keras): for values that grow
     * exponentially. Gradient 0 where p ≤ eps.
     */
    @Loss(hessian = Hessian.DIAGONAL)
    static float meanSquaredLogarithmicError(
            @Prediction float p, @Target float y, @Param(defaultValue = 1e-7, min = Float.MIN_NORMAL) float eps) {
        return square(log1p(max(p, eps)) - log1p(max(y, eps)));
    }

    /**
     * {@code ½ r²} for {@code r = |p − y| ≤ δ}, else {@code δ (r − ½ δ)}: quadratic near 0, linear for outliers. It is
     * δ times {@link #smoothL1} of β = δ. At {@code r = δ} the second derivative is 1.
     *
     * <p>P. J. Huber, "Robust Estimation of a Location Parameter", Ann. Math. Statist. 35 (1964), p. 73.
     */
    @Loss(hessian = Hessian.DIAGONAL)
    static float huber(@Prediction float p, @Target float y, @Param(defaultValue = 1, min = 0) float delta) {
        float r = abs(p - y);
        return r <= delta ? 0.5f * square(p - y) : delta * (r - 0.5f * delta);
    }

    /**
     * {@code ½ r² / β} for {@code r = |p − y| < β}, else {@code r − ½ β} (PyTorch's smooth L1): the Huber loss divided
     * by β, slope 1 for outliers. β = 0 gives the absolute error. At {@code r = β} the second derivative is 0.
     *
     * <p>R. Girshick, "Fast R-CNN", ICCV 2015, eq. 3.
     */
    @Loss(hessian = Hessian.DIAGONAL)
    static float smoothL1(@Prediction float p, @Target float y, @Param(defaultValue = 1, min = 0) float beta) {
        float r = abs(p - y);
        return r < beta ? 0.5f * square(p - y) / beta : r - 0.5f * beta;
    }

    /**
     * {@code δ² (√(1 + ((p − y)/δ)²) − 1)}: a smooth Huber loss, twice differentiable. Written so that small residuals
     * do not cancel and large ones do not overflow.
     *
     * <p>Charbonnier et al., "Deterministic edge-preserving regularization in computed imaging", IEEE Trans. Image
     * Process. 6 (1997), eq. 12.
     */
    @Loss(hessian = Hessian.DIAGONAL)
    static float pseudoHuber(@Prediction float p, @Target float y, @Param(defaultValue = 1, min = 1e-30) float delta) {
        float r = p - y;
        return r * (r / (1f + hypot(1f, r / delta)));
    }

    /** {@code log cosh(p − y)}: half the square for small residuals, the absolute value minus log 2 for large ones. */
    @Loss(hessian = Hessian.DIAGONAL)
    static float logCosh(@Prediction float p, @Target float y) {
        return Formulas.logCosh(p - y);
    }

    /**
     * {@code q (y − p)} if y is above p, else {@code (1 − q)(p − y)} (the pinball loss): the q-quantile of y minimises
     * its mean; q = ½ gives half the absolute error. Gradient {@code ½ − q} at p = y, midway between its sides; the
     * second derivative is 0 everywhere.
     *
     * <p>R. Koenker, G. Bassett, "Regression Quantiles", Econometrica 46 (1978), eq. 2.1.
     *
     * @param quantile q, between 0 and 1; scikit-learn's {@code quantile}, elsewhere τ or α
     */
    @Loss(hessian = Hessian.DIAGONAL)
    static float quantile(
            @Prediction float p, @Target float y, @Param(defaultValue = 0.5, min = 0, max = 1) float quantile) {
        return max(quantile * (y - p), (quantile - 1f) * (y - p));
    }

    /**
     * {@code √(mean (p − y)²)} over the whole batch, in the unit of y; p and y {@code [rows, columns]}. Gradient 0 if
     * all predictions are exact.
     */
    @Loss
    static float rootMeanSquaredError(@Prediction float[][] p, @Target float[][] y) {
        return sqrt(mean(p.length, i -> mean(p[i].length, j -> square(p[i][j] - y[i][j]))));
    }
}
