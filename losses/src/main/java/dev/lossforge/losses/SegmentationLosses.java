package dev.lossforge.losses;

import static dev.lossforge.dsl.Formulas.dot;
import static dev.lossforge.dsl.Formulas.square;
import static dev.lossforge.dsl.Formulas.sum;

import dev.lossforge.dsl.Loss;
import dev.lossforge.dsl.Param;
import dev.lossforge.dsl.Prediction;
import dev.lossforge.dsl.Target;

/**
 * One minus the overlap of a predicted and a true set: p the membership probabilities of all pixels, y the true
 * membership, {@code I = Σ p y}. Per sample, its pixels flattened into a row; or, in the losses that begin with
 * {@code batch}, over all samples together, {@code [samples, pixels]}, as Keras does unless told the axes.
 *
 * <p>eps keeps two empty sets from dividing by 0. Their loss is 1, as in Keras; with {@code smooth > 0}, which is added
 * above and below, it is 0 (up to eps), as elsewhere.
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

    private static float diceOf(float overlap, float predicted, float actual, float eps, float smooth) {
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

    private static float tverskyOf(
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
}
