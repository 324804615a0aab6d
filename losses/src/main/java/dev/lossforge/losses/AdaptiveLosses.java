package dev.lossforge.losses;

import static dev.lossforge.dsl.Formulas.PI;
import static dev.lossforge.dsl.Formulas.abs;
import static dev.lossforge.dsl.Formulas.cosh;
import static dev.lossforge.dsl.Formulas.exp;
import static dev.lossforge.dsl.Formulas.hypot;
import static dev.lossforge.dsl.Formulas.log;
import static dev.lossforge.dsl.Formulas.log1p;
import static dev.lossforge.dsl.Formulas.logSumExp;
import static dev.lossforge.dsl.Formulas.mean;
import static dev.lossforge.dsl.Formulas.sinh;
import static dev.lossforge.dsl.Formulas.sqrt;
import static dev.lossforge.dsl.Formulas.square;
import static dev.lossforge.dsl.Formulas.sum;

import dev.lossforge.dsl.Hessian;
import dev.lossforge.dsl.Loss;
import dev.lossforge.dsl.Param;
import dev.lossforge.dsl.Prediction;
import dev.lossforge.dsl.Target;

/** Losses with parameters that training adapts too: their gradients are outputs beside those of the predictions. */
public final class AdaptiveLosses {

    private AdaptiveLosses() {}

    /**
     * Barron's general robust loss of the residual {@code x = (p − y) / scale}: {@code |α−2|/α · ((x²/|α−2| + 1)^(α/2)
     * − 1)}. The shape α says how little outliers count, and both it and the scale are trainable:
     *
     * <table>
     * <caption>Special cases, each met exactly</caption>
     * <tr><td>α = 2</td><td>{@code ½ x²}, half squared error</td></tr>
     * <tr><td>α = 1</td><td>{@code √(x² + 1) − 1}, pseudo-Huber (Charbonnier)</td></tr>
     * <tr><td>α = 0</td><td>{@code log(½ x² + 1)}, Cauchy</td></tr>
     * <tr><td>α = −2</td><td>{@code 2 x² / (x² + 4)}, Geman–McClure</td></tr>
     * <tr><td>α → −∞</td><td>{@code 1 − e^(−x²/2)}, Welsch; reached in float32 from α = −1e9 on</td></tr>
     * </table>
     *
     * <p>The value is continuous in α everywhere. The slope by α is finite but at α = 2, where it has a logarithmic
     * pole; exactly there it is taken for 0. Trained without {@link #generalRobustNegativeLogLikelihood}'s normaliser,
     * α falls and the scale grows for ever; bound them or keep them fixed.
     *
     * <p>J. T. Barron, "A General and Adaptive Robust Loss Function", CVPR 2019, eq. 8.
     */
    @Loss(hessian = Hessian.DIAGONAL)
    static float generalRobust(
            @Prediction float p,
            @Target float y,
            @Param(defaultValue = 1, trainable = true) float alpha,
            @Param(defaultValue = 1, min = 1e-30, trainable = true) float scale) {
        return robust((p - y) / scale, alpha);
    }

    /**
     * With {@code b = |α−2|}, {@code u = x / √b} and {@code t = α log √(1+u²)} the loss is {@code b/α · (eᵗ − 1)}. Near
     * t = 0 the series of {@code (eᵗ − 1) / t} stands in for the quotient, which loses the slope by α to cancellation
     * and is 0 / 0 at α = 0. Elsewhere {@code b eᵗ = (b + x²) (1 + u²)^((α−2)/2)}, whose slope by α does not cancel
     * near α = 2, as one exponential, whose parts do not overflow.
     */
    private static float robust(float x, float alpha) {
        float b = abs(alpha - 2f);
        float u = x / sqrt(b);
        float logRoot = abs(u) < 1f ? 0.5f * log1p(u * u) : log(hypot(1f, u));
        float t = alpha * logRoot;
        float power = exp(2f * log(hypot(sqrt(b), x)) + (alpha - 2f) * logRoot);
        float bent = abs(t) <= 0.5f ? b * logRoot * expm1OverArgument(t) : (power - b) / alpha;
        return b > 0f ? bent : 0.5f * square(x);
    }

    /** {@code (eᵗ − 1) / t} for {@code |t| ≤ ½}, by its series. */
    private static float expm1OverArgument(float t) {
        float beyondCube = 1f / 120f + t * (1f / 720f + t * (1f / 5040f + t * (1f / 40320f)));
        return 1f + t * (0.5f + t * (1f / 6f + t * (1f / 24f + t * beyondCube)));
    }

    /**
     * {@code mean ρ((p − y) / scale) + log scale + log Z(α)} over the batch {@code [rows, columns]}: the negative
     * log-likelihood of Barron's distribution, with ρ of {@link #generalRobust} and {@code Z(α) = ∫ e^(−ρ(x)) dx}. The
     * normaliser makes outliers cost where they are few, so that α and the scale may be trained. Normal at α = 2,
     * Cauchy at α = 0. Nats. Z is summed by the double exponential rule, to 1e-7 of it.
     *
     * <p>J. T. Barron, "A General and Adaptive Robust Loss Function", CVPR 2019, eq. 16 and 17.
     */
    @Loss
    static float generalRobustNegativeLogLikelihood(
            @Prediction float[][] p,
            @Target float[][] y,
            @Param(defaultValue = 1, min = 0, max = 5, trainable = true) float alpha,
            @Param(defaultValue = 1, min = 1e-30, trainable = true) float scale) {
        float error = mean(p.length, i -> mean(p[i].length, j -> robust((p[i][j] - y[i][j]) / scale, alpha)));
        return error + log(scale) + logNormalizer(alpha);
    }

    /** {@code log ∫ e^(−ρ(x)) dx} by the trapezoidal rule in t, {@code x = e^(π/2 sinh t)}. */
    private static float logNormalizer(float alpha) {
        return logSumExp(65, i -> {
            float t = 0.1f * (i - 32);
            float logX = 0.5f * PI * sinh(t);
            return logX + log(0.1f * PI * cosh(t)) - robust(exp(logX), alpha);
        });
    }

    /**
     * {@code Σᵢ ½ e^(−sᵢ) lossesᵢ + ½ sᵢ}: several losses of one sample, each weighted by a trainable {@code s = log
     * variance} of its task, so that none has to be balanced by hand. In the row {@code losses} the losses of the
     * tasks, {@code [tasks]}; logVariances alike. The gradient by {@code lossesᵢ} is the factor to multiply that loss's
     * gradient with.
     *
     * <p>A. Kendall, Y. Gal, R. Cipolla, "Multi-Task Learning Using Uncertainty to Weigh Losses", CVPR 2018, eq. 7, for
     * regression; give cross-entropies twice for their eq. 10.
     */
    @Loss
    static float uncertaintyWeighting(@Prediction float[] losses, @Param(trainable = true) float[] logVariances) {
        return sum(losses.length, i -> 0.5f * (exp(-logVariances[i]) * losses[i] + logVariances[i]));
    }
}
