package dev.lossforge.losses;

import static dev.lossforge.dsl.Formulas.argSort;
import static dev.lossforge.dsl.Formulas.dot;
import static dev.lossforge.dsl.Formulas.max;
import static dev.lossforge.dsl.Formulas.mean;
import static dev.lossforge.dsl.Formulas.square;
import static dev.lossforge.dsl.Formulas.sum;
import static dev.lossforge.dsl.Formulas.vector;
import static dev.lossforge.dsl.Scope.SAMPLE;

import dev.lossforge.dsl.Loss;
import dev.lossforge.dsl.Param;
import dev.lossforge.dsl.Prediction;
import dev.lossforge.dsl.Target;

/**
 * One minus the overlap of a predicted and a true set: p the membership probabilities of all pixels, y the true
 * membership, {@code I = Σ p y}. A sample is a row of flattened pixels. The losses named {@code batch…} take all
 * samples together, {@code [samples, pixels]}, as Keras does if no axes are given.
 *
 * <p>eps keeps two empty sets from dividing by 0. Their loss is 1, as in Keras. With {@code smooth > 0}, which is added
 * to numerator and denominator, it is 0 (up to eps), as in other libraries.
 */
public final class SegmentationLosses {

    private SegmentationLosses() {}

    /**
     * {@code 1 − (2 I + smooth) / (Σ p + Σ y + smooth + eps)}.
     *
     * <p>F. Milletari et al., "V-Net", 3DV 2016, with plain sums in the denominator.
     */
    @Loss
    static float dice(
            @Prediction(min = 0, max = 1) float[] p,
            @Target(min = 0, max = 1) float[] y,
            @Param(defaultValue = 1e-7, min = Float.MIN_NORMAL) float eps,
            @Param(defaultValue = 0, min = 0) float smooth) {
        return diceOf(dot(p, y), sum(p), sum(y), eps, smooth);
    }

    /** {@link #dice} over the batch. */
    @Loss
    static float batchDice(
            @Prediction(min = 0, max = 1) float[][] p,
            @Target(min = 0, max = 1) float[][] y,
            @Param(defaultValue = 1e-7, min = Float.MIN_NORMAL) float eps,
            @Param(defaultValue = 0, min = 0) float smooth) {
        return diceOf(overlap(p, y), total(p), total(y), eps, smooth);
    }

    /**
     * One minus the mean over the classes of the Dice coefficients {@code (2 I + smooth) / (Σ p + Σ y + smooth + eps)}
     * of each image: p the class probabilities of its pixels, y = 1 for the class that a pixel is labelled with.
     *
     * <p>F. Milletari et al., "V-Net", 3DV 2016, as {@link #dice}, for each class; the mean is over classes and images,
     * as in MONAI. A class that does not occur counts as 1 − smooth / (Σ p + smooth + eps).
     *
     * @param p {@code [pixels, classes]}
     * @param ignoreIndex the label of pixels to ignore
     */
    @Loss(scope = SAMPLE)
    static float classDice(
            @Prediction(min = 0, max = 1) float[][] p,
            @Target int[] label,
            @Param(defaultValue = 1e-7, min = Float.MIN_NORMAL) float eps,
            @Param(defaultValue = 0, min = 0) float smooth,
            @Param(defaultValue = -100) int ignoreIndex) {
        int classes = p[0].length;
        return mean(classes, c -> {
            float overlap = sum(p.length, i -> label[i] == c ? p[i][c] : 0f);
            float predicted = sum(p.length, i -> label[i] == ignoreIndex ? 0f : p[i][c]);
            return diceOf(overlap, predicted, count(label, c), eps, smooth);
        });
    }

    static float diceOf(float overlap, float predicted, float actual, float eps, float smooth) {
        return 1f - (2f * overlap + smooth) / (predicted + actual + smooth + eps);
    }

    /**
     * {@code 1 − (I + smooth) / (I + α (Σ p − I) + β (Σ y − I) + smooth + eps)}: α = β = ½ is the Dice loss, 1 the
     * Jaccard loss.
     *
     * <p>S. Salehi et al., "Tversky loss function for image segmentation", MLMI 2017, eq. 2.
     *
     * @param alpha the weight of false positives, as in the paper; Keras' code gives its alpha to the false negatives
     * @param beta the weight of false negatives
     */
    @Loss
    static float tversky(
            @Prediction(min = 0, max = 1) float[] p,
            @Target(min = 0, max = 1) float[] y,
            @Param(defaultValue = 0.5, min = 0) float alpha,
            @Param(defaultValue = 0.5, min = 0) float beta,
            @Param(defaultValue = 1e-7, min = Float.MIN_NORMAL) float eps,
            @Param(defaultValue = 0, min = 0) float smooth) {
        return tverskyOf(dot(p, y), sum(p), sum(y), alpha, beta, eps, smooth);
    }

    /** {@link #tversky} over the batch. */
    @Loss
    static float batchTversky(
            @Prediction(min = 0, max = 1) float[][] p,
            @Target(min = 0, max = 1) float[][] y,
            @Param(defaultValue = 0.5, min = 0) float alpha,
            @Param(defaultValue = 0.5, min = 0) float beta,
            @Param(defaultValue = 1e-7, min = Float.MIN_NORMAL) float eps,
            @Param(defaultValue = 0, min = 0) float smooth) {
        return tverskyOf(overlap(p, y), total(p), total(y), alpha, beta, eps, smooth);
    }

    static float tverskyOf(
            float overlap, float predicted, float actual, float alpha, float beta, float eps, float smooth) {
        float mistaken = alpha * (predicted - overlap) + beta * (actual - overlap);
        return 1f - (overlap + smooth) / (overlap + mistaken + smooth + eps);
    }

    /** {@code 1 − (I + smooth) / (Σ p + Σ y − I + smooth + eps)}: one minus intersection over union. */
    @Loss
    static float jaccard(
            @Prediction(min = 0, max = 1) float[] p,
            @Target(min = 0, max = 1) float[] y,
            @Param(defaultValue = 1e-7, min = Float.MIN_NORMAL) float eps,
            @Param(defaultValue = 0, min = 0) float smooth) {
        return jaccardOf(dot(p, y), sum(p), sum(y), eps, smooth);
    }

    /** {@link #jaccard} over the batch. */
    @Loss
    static float batchJaccard(
            @Prediction(min = 0, max = 1) float[][] p,
            @Target(min = 0, max = 1) float[][] y,
            @Param(defaultValue = 1e-7, min = Float.MIN_NORMAL) float eps,
            @Param(defaultValue = 0, min = 0) float smooth) {
        return jaccardOf(overlap(p, y), total(p), total(y), eps, smooth);
    }

    private static float jaccardOf(float overlap, float predicted, float actual, float eps, float smooth) {
        return 1f - (overlap + smooth) / (predicted + actual - overlap + smooth + eps);
    }

    /**
     * {@code 1 − (1 + β²) I / (Σ p + β² Σ y + eps)}: one minus the F-measure of soft counts.
     *
     * @param beta β: more than 1 favours recall, less precision
     */
    @Loss
    static float fMeasure(
            @Prediction(min = 0, max = 1) float[] p,
            @Target(min = 0, max = 1) float[] y,
            @Param(defaultValue = 1, min = 0) float beta,
            @Param(defaultValue = 1e-7, min = Float.MIN_NORMAL) float eps) {
        return fMeasureOf(dot(p, y), sum(p), sum(y), beta, eps);
    }

    /** {@link #fMeasure} over the batch: with one column, that of a binary classifier. */
    @Loss
    static float batchFMeasure(
            @Prediction(min = 0, max = 1) float[][] p,
            @Target(min = 0, max = 1) float[][] y,
            @Param(defaultValue = 1, min = 0) float beta,
            @Param(defaultValue = 1e-7, min = Float.MIN_NORMAL) float eps) {
        return fMeasureOf(overlap(p, y), total(p), total(y), beta, eps);
    }

    private static float fMeasureOf(float overlap, float predicted, float actual, float beta, float eps) {
        return 1f - (1f + square(beta)) * overlap / (predicted + square(beta) * actual + eps);
    }

    private static float overlap(float[][] p, float[][] y) {
        return sum(p.length, i -> dot(p[i], y[i]));
    }

    private static float total(float[][] p) {
        return sum(p.length, i -> sum(p[i]));
    }

    /**
     * {@code Σ max(0, e₍ₖ₎) (J(k + 1) − J(k))} over the errors {@code e = 1 − (2y − 1) z} of a row in falling order,
     * where J(k) is the Jaccard loss if exactly the k worst are wrong. It is the convex surrogate of the Jaccard loss.
     * z is a logit, y is 0 or 1. Gradient 0 at the kink of the hinge. A row is an image.
     *
     * <p>M. Berman et al., "The Lovász-Softmax loss", CVPR 2018, eq. 8 and 9, algorithm 1.
     */
    @Loss
    static float lovaszHinge(@Prediction float[] z, @Target(min = 0, max = 1) float[] y) {
        float[] errors = vector(z.length, i -> 1f - (2f * y[i] - 1f) * z[i]);
        int[] order = argSort(z.length, i -> -errors[i]);
        float[] truth = vector(z.length, k -> y[order[k]]);
        return sum(z.length, k -> max(0f, errors[order[k]]) * jaccardStep(truth, k));
    }

    /**
     * The same for the probabilities of several classes, over the batch: the mean over the classes that occur of the
     * sorted errors {@code 1 − pᵢ[labelᵢ]} of pixels of the class and {@code pᵢ[c]} of others (Lovász-softmax).
     *
     * <p>M. Berman et al., "The Lovász-Softmax loss", CVPR 2018, eq. 11 and 12.
     *
     * @param p {@code [pixels, classes]}
     */
    @Loss
    static float lovaszSoftmax(@Prediction(min = 0, max = 1) float[][] p, @Target int[] label) {
        int classes = p[0].length;
        float present = sum(classes, c -> count(label, c) > 0f ? 1f : 0f);
        float total = sum(classes, c -> {
            float[] errors = vector(p.length, i -> label[i] == c ? 1f - p[i][c] : p[i][c]);
            int[] order = argSort(p.length, i -> -errors[i]);
            float[] truth = vector(p.length, k -> label[order[k]] == c ? 1f : 0f);
            return count(label, c) > 0f ? sum(p.length, k -> errors[order[k]] * jaccardStep(truth, k)) : 0f;
        });
        return total / max(present, 1f);
    }

    static float count(int[] label, int c) {
        return sum(label.length, i -> label[i] == c ? 1f : 0f);
    }

    /** How much the Jaccard loss grows if, in addition to the first k pixels, the next one is wrong. */
    private static float jaccardStep(float[] truth, int k) {
        return jaccardOfFirst(truth, k + 1) - (k > 0 ? jaccardOfFirst(truth, k) : 0f);
    }

    /** The Jaccard loss if the first m pixels, at least one, are wrong: all of them are in the union. */
    private static float jaccardOfFirst(float[] truth, int m) {
        return m / max(sum(truth) + sum(m, j -> 1f - truth[j]), 1f);
    }
}
