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

/** Losses with trainable parameters. The gradients of these are returned next to those of the predictions. */
public final class AdaptiveLosses {

    private AdaptiveLosses() {}

    /**
     * Barron's general robust loss of the residual {@code x = (p − y) / scale}: {@code |α−2|/α · ((x²/|α−2| + 1)^(α/2)
     * − 1)}. The shape α says how little outliers count. Both α and the scale are trainable:
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
     * <p>The value is continuous in α everywhere. Its derivative with respect to α is finite except at α = 2, a
     * logarithmic pole, where 0 is returned. If α and the scale are trained without the normaliser of
     * {@link #generalRobustNegativeLogLikelihood}, α falls and the scale grows without bound. Bound them or keep them
     * fixed.
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
     * t = 0 the quotient {@code (eᵗ − 1) / t} would lose its derivative by α to cancellation, and is 0 / 0 at α = 0;
     * its series replaces it. Elsewhere {@code b eᵗ = (b + x²) (1 + u²)^((α−2)/2)}, whose derivative by α does not
     * cancel near α = 2. It is computed as one exponential, so that no part overflows.
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
     * normaliser makes outliers costly where they are few, so α and the scale can be trained. Normal at α = 2, Cauchy
     * at α = 0. Nats. Z is integrated by the double exponential rule, with a relative error of 1e-7.
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
     * variance} of its task, so nobody has to balance them by hand. The rows {@code losses} and {@code logVariances}
     * have one entry per task, {@code [tasks]}. The gradient with respect to {@code lossesᵢ} is the factor for the
     * gradient of that loss.
     *
     * <p>A. Kendall, Y. Gal, R. Cipolla, "Multi-Task Learning Using Uncertainty to Weigh Losses", CVPR 2018, eq. 7, for
     * regression; give cross-entropies twice for their eq. 10.
     */
    @Loss
    static float uncertaintyWeighting(@Prediction float[] losses, @Param(trainable = true) float[] logVariances) {
        return sum(losses.length, i -> 0.5f * (exp(-logVariances[i]) * losses[i] + logVariances[i]));
    }
}
