package dev.lossforge.losses;

import static dev.lossforge.dsl.Formulas.dot;
import static dev.lossforge.dsl.Formulas.square;
import static dev.lossforge.dsl.Formulas.sum;

import dev.lossforge.dsl.Loss;
import dev.lossforge.dsl.Param;
import dev.lossforge.dsl.Prediction;
import dev.lossforge.dsl.Target;

/**
 * One minus the overlap of a predicted and a true set, per sample: p the membership probabilities of all pixels
 * (flattened into a row), y the true membership. ε keeps two empty sets from dividing by 0; their loss is 1, as in
 * Keras.
 */
public final class SegmentationLosses {

    private SegmentationLosses() {}

    /**
     * {@code 1 − 2 Σ p y / (Σ p + Σ y + ε)}.
     *
     * <p>F. Milletari et al., "V-Net", 3DV 2016, with plain sums in the denominator.
     */
    @Loss
    static float dice(
            @Prediction(min = 0, max = 1) float[] p,
            @Target(min = 0, max = 1) float[] y,
            @Param(defaultValue = 1e-7, min = Float.MIN_NORMAL) float epsilon) {
        return 1f - 2f * dot(p, y) / (sum(p) + sum(y) + epsilon);
    }

    /**
     * {@code 1 − I / (I + α (Σ p − I) + β (Σ y − I) + ε)} with {@code I = Σ p y}: α weighs false positives, β false
     * negatives; α = β = ½ is the Dice loss.
     *
     * <p>S. Salehi et al., "Tversky loss function for image segmentation", MLMI 2017, eq. 2.
     */
    @Loss
    static float tversky(
            @Prediction(min = 0, max = 1) float[] p,
            @Target(min = 0, max = 1) float[] y,
            @Param(defaultValue = 0.5, min = 0) float alpha,
            @Param(defaultValue = 0.5, min = 0) float beta,
            @Param(defaultValue = 1e-7, min = Float.MIN_NORMAL) float epsilon) {
        float overlap = dot(p, y);
        return 1f - overlap / (overlap + alpha * (sum(p) - overlap) + beta * (sum(y) - overlap) + epsilon);
    }

    /** {@code 1 − I / (Σ p + Σ y − I + ε)} with {@code I = Σ p y}: one minus intersection over union. */
    @Loss
    static float jaccard(
            @Prediction(min = 0, max = 1) float[] p,
            @Target(min = 0, max = 1) float[] y,
            @Param(defaultValue = 1e-7, min = Float.MIN_NORMAL) float epsilon) {
        float overlap = dot(p, y);
        return 1f - overlap / (sum(p) + sum(y) - overlap + epsilon);
    }

    /**
     * {@code 1 − (1 + β²) I / (Σ p + β² Σ y + ε)} with {@code I = Σ p y}: one minus the F-measure; β > 1 favours
     * recall.
     */
    @Loss
    static float fMeasure(
            @Prediction(min = 0, max = 1) float[] p,
            @Target(min = 0, max = 1) float[] y,
            @Param(defaultValue = 1, min = 0) float beta,
            @Param(defaultValue = 1e-7, min = Float.MIN_NORMAL) float epsilon) {
        return 1f - (1f + square(beta)) * dot(p, y) / (sum(p) + square(beta) * sum(y) + epsilon);
    }
}
