package dev.lossforge.losses;

import static dev.lossforge.dsl.Formulas.abs;
import static dev.lossforge.dsl.Formulas.exp;
import static dev.lossforge.dsl.Formulas.log;
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
 * Losses for a number that is to be predicted: p the prediction, y the observed value, in the unit of y or its square.
 * All but {@link #rootMeanSquaredError} are per element and take predictions of any shape.
 */
public final class RegressionLosses {

    private RegressionLosses() {}

    /** {@code (p − y)²}. With the mean over the elements the mean squared error. */
    @Loss(hessian = Hessian.DIAGONAL)
    static float meanSquaredError(@Prediction float p, @Target float y) {
        return square(p - y);
    }

    /** {@code ½ (p − y)²}, whose gradient is the residual. */
    @Loss(hessian = Hessian.DIAGONAL)
    static float halfSquaredError(@Prediction float p, @Target float y) {
        return 0.5f * square(p - y);
    }

    /** {@code |p − y|}. Gradient 0 where p = y. */
    @Loss
    static float meanAbsoluteError(@Prediction float p, @Target float y) {
        return abs(p - y);
    }

    /** {@code 100 |p − y| / max(|y|, ε)}, in percent. ε keeps targets of 0 from dividing by 0; Keras uses 1e-7 too. */
    @Loss
    static float meanAbsolutePercentageError(
            @Prediction float p, @Target float y, @Param(defaultValue = 1e-7, min = Float.MIN_NORMAL) float epsilon) {
        return 100f * abs(p - y) / max(abs(y), epsilon);
    }

    /**
     * {@code (log(1 + p) − log(1 + y))²}, where p and y below ε count as ε (as in Keras): for values that grow
     * exponentially. Gradient 0 where p ≤ ε.
     */
    @Loss
    static float meanSquaredLogarithmicError(
            @Prediction float p, @Target float y, @Param(defaultValue = 1e-7, min = 0) float epsilon) {
        return square(log(1f + max(p, epsilon)) - log(1f + max(y, epsilon)));
    }

    /**
     * {@code ½ r²} for {@code r = |p − y| ≤ δ}, else {@code δ (r − ½ δ)}: quadratic near 0, linear for outliers.
     *
     * <p>P. J. Huber, "Robust Estimation of a Location Parameter", Ann. Math. Statist. 35 (1964), p. 73.
     */
    @Loss(hessian = Hessian.DIAGONAL)
    static float huber(@Prediction float p, @Target float y, @Param(defaultValue = 1, min = 0) float delta) {
        float r = abs(p - y);
        return r <= delta ? 0.5f * r * r : delta * (r - 0.5f * delta);
    }

    /** The Huber loss divided by β (PyTorch's smooth L1): slope 1 for outliers. β = 0 gives the absolute error. */
    @Loss
    static float smoothL1(@Prediction float p, @Target float y, @Param(defaultValue = 1, min = 0) float beta) {
        float r = abs(p - y);
        return r < beta ? 0.5f * r * r / beta : r - 0.5f * beta;
    }

    /**
     * {@code δ² (√(1 + ((p − y)/δ)²) − 1)}: a smooth Huber loss. Written so that small residuals do not cancel.
     *
     * <p>Charbonnier et al., "Deterministic edge-preserving regularization in computed imaging", IEEE Trans. Image
     * Process. 6 (1997), eq. 12.
     */
    @Loss(hessian = Hessian.DIAGONAL)
    static float pseudoHuber(@Prediction float p, @Target float y, @Param(defaultValue = 1, min = 1e-6) float delta) {
        float r = p - y;
        return r * r / (1f + Formulas.hypot(1f, r / delta));
    }

    /** {@code log cosh(p − y)}: half the square of small residuals, the absolute value less log 2 of large ones. */
    @Loss(hessian = Hessian.DIAGONAL)
    static float logCosh(@Prediction float p, @Target float y) {
        return Formulas.logCosh(p - y);
    }

    /**
     * {@code τ (y − p)} if y is above p, else {@code (1 − τ)(p − y)} (the pinball loss): the τ-quantile of y minimises
     * its mean.
     *
     * <p>R. Koenker, G. Bassett, "Regression Quantiles", Econometrica 46 (1978), eq. 2.1.
     */
    @Loss
    static float quantile(
            @Prediction float p, @Target float y, @Param(defaultValue = 0.5, min = 0, max = 1) float tau) {
        return max(tau * (y - p), (tau - 1f) * (y - p));
    }

    /**
     * {@code p − y log p}: the negative log-likelihood of a count y under a Poisson distribution of rate p ≥ 0, without
     * the term that does not depend on p. Nats.
     */
    @Loss
    static float poisson(@Prediction(min = 0) float p, @Target(min = 0) float y) {
        return p - y * log(p);
    }

    /** As {@link #poisson}, on the logarithm z of the rate: {@code eᶻ − y z}. Nats. */
    @Loss(hessian = Hessian.DIAGONAL)
    static float poissonLog(@Prediction float z, @Target(min = 0) float y) {
        return exp(z) - y * z;
    }

    /**
     * {@code z + y e⁻ᶻ}: half the gamma deviance on the logarithm z of the mean, without the terms that do not depend
     * on z; for positive y whose deviation grows with the mean. Nats.
     */
    @Loss(hessian = Hessian.DIAGONAL)
    static float halfGamma(@Prediction float z, @Target(min = 0) float y) {
        return z + y * exp(-z);
    }

    /**
     * {@code ½ (log v + (μ − y)² / v)}: the negative log-likelihood of y under a normal distribution of mean μ and
     * variance v, without the constant; v below ε counts as ε. Nats.
     */
    @Loss
    static float gaussianNegativeLogLikelihood(
            @Prediction float mean,
            @Prediction(min = 0) float variance,
            @Target float y,
            @Param(defaultValue = 1e-6, min = Float.MIN_NORMAL) float epsilon) {
        float v = max(variance, epsilon);
        return 0.5f * (log(v) + square(mean - y) / v);
    }

    /**
     * {@code √(mean (p − y)²)} over the whole batch, in the unit of y; p and y {@code [rows, columns]}. Gradient 0
     * where all predictions are right.
     */
    @Loss
    static float rootMeanSquaredError(@Prediction float[][] p, @Target float[][] y) {
        return sqrt(mean(p.length, i -> mean(p[i].length, j -> square(p[i][j] - y[i][j]))));
    }
}
