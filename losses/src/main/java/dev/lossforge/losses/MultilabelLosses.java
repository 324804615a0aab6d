package dev.lossforge.losses;

import static dev.lossforge.dsl.Formulas.log;
import static dev.lossforge.dsl.Formulas.logSumExp;
import static dev.lossforge.dsl.Formulas.max;
import static dev.lossforge.dsl.Formulas.mean;
import static dev.lossforge.dsl.Formulas.sigmoid;
import static dev.lossforge.dsl.Formulas.softplus;
import static dev.lossforge.dsl.Formulas.sum;

import dev.lossforge.dsl.Hessian;
import dev.lossforge.dsl.Loss;
import dev.lossforge.dsl.Param;
import dev.lossforge.dsl.Prediction;
import dev.lossforge.dsl.Target;

/**
 * Losses for a set of labels. A sample has a row of predictions {@code [labels]}, and a row y that is 1 for each label
 * that applies and 0 for the others.
 */
public final class MultilabelLosses {

    private MultilabelLosses() {}

    /** The mean over the labels of the binary cross-entropy on logits. Nats. */
    @Loss(hessian = Hessian.DIAGONAL)
    static float multilabelSoftMargin(@Prediction float[] logits, @Target(min = 0, max = 1) float[] y) {
        return mean(logits.length, i -> BinaryLosses.logisticError(logits[i], y[i]));
    }

    /**
     * The same, each label's cross-entropy times its weight; the mean divides by the number of labels, as in PyTorch.
     */
    @Loss(hessian = Hessian.DIAGONAL)
    static float weightedMultilabelSoftMargin(
            @Prediction float[] logits, @Target(min = 0, max = 1) float[] y, @Param(min = 0) float[] weight) {
        return mean(
                logits.length,
                i -> CrossEntropyLosses.weighted(weight[i], BinaryLosses.logisticError(logits[i], y[i])));
    }

    /**
     * {@code Σ max(0, 1 − (sᵢ − sⱼ)) / labels} over all pairs of a label i that applies and a label j that does not.
     * Gradient 0 at the kink. PyTorch takes the indices of the labels that apply, ended by −1, instead of a row of 0
     * and 1.
     */
    @Loss
    static float multilabelMargin(@Prediction float[] scores, @Target(min = 0, max = 1) float[] y) {
        return mean(
                scores.length,
                i -> sum(scores.length, j -> y[i] > 0.5f && y[j] <= 0.5f ? max(0f, 1f - (scores[i] - scores[j])) : 0f));
    }

    /**
     * {@code −Σ y (1 − q)^γ₊ log q + (1 − y) q′^γ₋ log(1 − q′)} with {@code q = σ(z)} and {@code q′ = max(q − clip,
     * 0)}: the many labels that do not apply count less than the few that do, and not at all below the probability
     * {@code clip}. Nats. Gradient 0 at q = clip.
     *
     * <p>E. Ben-Baruch et al., "Asymmetric Loss For Multi-Label Classification", ICCV 2021, eq. 4 to 7.
     *
     * @param gammaPos γ₊; the paper has 0, timm 1
     * @param gammaNeg γ₋
     * @param clip the paper's m
     */
    @Loss
    @SuppressWarnings("FormulaDomain") // the logarithm is also finite for clip = 0
    static float asymmetricMultilabel(
            @Prediction float[] logits,
            @Target(min = 0, max = 1) float[] y,
            @Param(defaultValue = 0, min = 0) float gammaPos,
            @Param(defaultValue = 4, min = 0) float gammaNeg,
            @Param(defaultValue = 0.05, min = 0, max = 1) float clip) {
        return sum(
                logits.length,
                i -> CrossEntropyLosses.weighted(
                                y[i], BinaryLosses.focused(softplus(-logits[i]), sigmoid(-logits[i]), gammaPos))
                        + CrossEntropyLosses.weighted(1f - y[i], negative(logits[i], gammaNeg, clip)));
    }

    private static float negative(float z, float gamma, float clip) {
        float error = -logSumExp(2, k -> k == 0 ? -softplus(z) : log(clip));
        return BinaryLosses.focused(max(0f, error), max(sigmoid(z) - clip, 0f), gamma);
    }
}
