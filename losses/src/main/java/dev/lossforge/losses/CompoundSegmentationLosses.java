package dev.lossforge.losses;

import static dev.lossforge.dsl.Formulas.dot;
import static dev.lossforge.dsl.Formulas.exp;
import static dev.lossforge.dsl.Formulas.logSumExp;
import static dev.lossforge.dsl.Formulas.max;
import static dev.lossforge.dsl.Formulas.mean;
import static dev.lossforge.dsl.Formulas.min;
import static dev.lossforge.dsl.Formulas.part;
import static dev.lossforge.dsl.Formulas.pow;
import static dev.lossforge.dsl.Formulas.square;
import static dev.lossforge.dsl.Formulas.sum;
import static dev.lossforge.dsl.Formulas.vector;
import static dev.lossforge.dsl.Scope.SAMPLE;

import dev.lossforge.dsl.Loss;
import dev.lossforge.dsl.Param;
import dev.lossforge.dsl.Prediction;
import dev.lossforge.dsl.Target;

/**
 * Overlap losses for masks of very unequal size, and overlaps combined with a cross-entropy. They build on
 * {@link SegmentationLosses}. A sample is an image whose pixels are flattened: {@code [pixels]}, or {@code [pixels,
 * classes]} with a label for each pixel.
 */
public final class CompoundSegmentationLosses {

    private CompoundSegmentationLosses() {}

    /**
     * {@code (1 − T)^γ}, T Tversky's index of {@link SegmentationLosses#tversky}: for γ &lt; 1 an image that is nearly
     * right still counts, for γ &gt; 1 it counts less.
     *
     * <p>N. Abraham, N. M. Khan, "A Novel Focal Tversky Loss Function with Improved Attention U-Net for Lesion
     * Segmentation", ISBI 2019, eq. 4, with γ for its 1/γ.
     *
     * @param alpha the weight of false positives
     * @param beta the weight of false negatives
     * @param gamma γ; the paper's 4/3 is 0.75 here
     */
    @Loss
    static float focalTversky(
            @Prediction(min = 0, max = 1) float[] p,
            @Target(min = 0, max = 1) float[] y,
            @Param(defaultValue = 0.3, min = 0) float alpha,
            @Param(defaultValue = 0.7, min = 0) float beta,
            @Param(defaultValue = 0.75, min = 0.01) float gamma,
            @Param(defaultValue = 1e-7, min = Float.MIN_NORMAL) float eps,
            @Param(defaultValue = 0, min = 0) float smooth) {
        float error = SegmentationLosses.tverskyOf(dot(p, y), sum(p), sum(y), alpha, beta, eps, smooth);
        return pow(max(0f, error), gamma);
    }

    /**
     * {@code 1 − 2 Σ w I / Σ w (Σ p + Σ y)}, the outer sums over the classes, with {@code w = 1 / (Σ y)²}: every class
     * has the same influence, however few pixels it has. A class that does not occur gets the weight of the rarest one
     * that does, as in MONAI.
     *
     * <p>C. H. Sudre et al., "Generalised Dice overlap as a deep learning loss function for highly unbalanced
     * segmentations", DLMIA 2017, section 2.1.
     *
     * @param p {@code [pixels, classes]}
     * @param ignoreIndex the label of pixels to ignore
     */
    @Loss(scope = SAMPLE)
    static float generalizedDice(
            @Prediction(min = 0, max = 1) float[][] p,
            @Target int[] label,
            @Param(defaultValue = 1e-7, min = Float.MIN_NORMAL) float eps,
            @Param(defaultValue = -100) int ignoreIndex) {
        int classes = p[0].length;
        float[] counts = vector(classes, c -> SegmentationLosses.count(label, c));
        float rarest = max(1f, min(classes, c -> counts[c] > 0f ? counts[c] : Float.MAX_VALUE));
        float shared = sum(classes, c -> {
            float overlap = sum(p.length, i -> label[i] == c ? p[i][c] : 0f);
            return square(rarest / max(counts[c], rarest)) * overlap;
        });
        float all = sum(classes, c -> {
            float predicted = sum(p.length, i -> label[i] == ignoreIndex ? 0f : p[i][c]);
            return square(rarest / max(counts[c], rarest)) * (predicted + counts[c]);
        });
        return 1f - 2f * shared / (all + eps);
    }

    /**
     * {@code ceWeight} times the mean softmax cross-entropy of the pixels, in nats, plus {@code diceWeight} times
     * {@link SegmentationLosses#classDice} of the softmax: the cross-entropy is steep where the overlap is small, and
     * the Dice term measures the overlap itself. Its parts are {@code crossEntropy} and {@code dice}.
     *
     * <p>F. Isensee et al., "nnU-Net: a self-configuring method for deep learning-based biomedical image segmentation",
     * Nature Methods 18 (2021).
     *
     * @param logits {@code [pixels, classes]}
     * @param ignoreIndex the label of pixels to ignore
     */
    @Loss(scope = SAMPLE)
    @SuppressWarnings("FormulaDomain") // no probability is more than 1
    static float diceWithCrossEntropy(
            @Prediction float[][] logits,
            @Target int[] label,
            @Param(defaultValue = 1, min = 0) float ceWeight,
            @Param(defaultValue = 1, min = 0) float diceWeight,
            @Param(defaultValue = 1e-7, min = Float.MIN_NORMAL) float eps,
            @Param(defaultValue = 0, min = 0) float smooth,
            @Param(defaultValue = -100) int ignoreIndex) {
        int classes = logits[0].length;
        float[] normalizer = vector(logits.length, i -> logSumExp(logits[i]));
        float errors = sum(logits.length, i -> label[i] == ignoreIndex ? 0f : normalizer[i] - logits[i][label[i]]);
        float counted = sum(logits.length, i -> label[i] == ignoreIndex ? 0f : 1f);
        float dice = mean(classes, c -> {
            float overlap = sum(logits.length, i -> label[i] == c ? exp(logits[i][c] - normalizer[i]) : 0f);
            float predicted = sum(logits.length, i -> label[i] == ignoreIndex ? 0f : exp(logits[i][c] - normalizer[i]));
            return SegmentationLosses.diceOf(overlap, predicted, SegmentationLosses.count(label, c), eps, smooth);
        });
        return ceWeight * part("crossEntropy", errors / max(counted, 1f)) + diceWeight * part("dice", dice);
    }
}
