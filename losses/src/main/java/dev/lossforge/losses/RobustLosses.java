package dev.lossforge.losses;

import static dev.lossforge.dsl.Formulas.abs;
import static dev.lossforge.dsl.Formulas.log1p;
import static dev.lossforge.dsl.Formulas.square;

import dev.lossforge.dsl.Hessian;
import dev.lossforge.dsl.Loss;
import dev.lossforge.dsl.Param;
import dev.lossforge.dsl.Prediction;
import dev.lossforge.dsl.Target;

/** Losses for a number that limit the influence of outliers, or that emphasise small errors. Per element. */
public final class RobustLosses {

    private RobustLosses() {}

    /**
     * {@code c²/6 (1 − (1 − (r/c)²)³)} for {@code |r| ≤ c}, else {@code c²/6}, r = p − y: Tukey's biweight. An outlier
     * beyond c has no influence at all, so start near the answer.
     *
     * <p>A. E. Beaton, J. W. Tukey, "The Fitting of Power Series, Meaning Polynomials, Illustrated on
     * Band-Spectroscopic Data", Technometrics 16 (1974).
     *
     * @param c in the unit of y; the default is efficient for normal residuals of scale 1
     */
    @Loss(hessian = Hessian.DIAGONAL)
    static float tukey(@Prediction float p, @Target float y, @Param(defaultValue = 4.685, min = 1e-15) float c) {
        float u = square((p - y) / c);
        return square(c) / 6f * (u <= 1f ? u * (3f + u * (u - 3f)) : 1f);
    }

    /**
     * {@code c² (|r|/c − log(1 + |r|/c))}: half the square for small residuals, linear with slope c for large ones, and
     * smooth (LightGBM's fair loss).
     *
     * <p>R. C. Fair, "On the Robust Estimation of Econometric Models", Annals of Economic and Social Measurement 3
     * (1974).
     */
    @Loss(hessian = Hessian.DIAGONAL)
    static float fair(@Prediction float p, @Target float y, @Param(defaultValue = 1, min = 1e-15) float c) {
        float u = abs(p - y) / c;
        return square(c) * (u - log1p(u));
    }

    /**
     * {@code w log(1 + |r|/ε)} for {@code |r| < w}, else {@code |r| − (w − w log(1 + w/ε))}: the slope grows towards
     * small errors, which squares neglect. Gradient 0 at r = 0.
     *
     * <p>Z.-H. Feng et al., "Wing Loss for Robust Facial Landmark Localisation with Convolutional Neural Networks",
     * CVPR 2018.
     *
     * @param w the error beyond which the loss is linear
     * @param epsilon ε, how sharply the slope grows
     */
    @Loss(hessian = Hessian.DIAGONAL)
    static float wing(
            @Prediction float p,
            @Target float y,
            @Param(defaultValue = 10, min = 0) float w,
            @Param(defaultValue = 2, min = 1e-6) float epsilon) {
        float r = abs(p - y);
        return r < w ? w * log1p(r / epsilon) : r - w * (1f - log1p(w / epsilon));
    }
}
