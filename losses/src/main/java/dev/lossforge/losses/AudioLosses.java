package dev.lossforge.losses;

import static dev.lossforge.dsl.Formulas.dot;
import static dev.lossforge.dsl.Formulas.log;
import static dev.lossforge.dsl.Formulas.max;
import static dev.lossforge.dsl.Formulas.mean;
import static dev.lossforge.dsl.Formulas.sqrt;
import static dev.lossforge.dsl.Formulas.square;
import static dev.lossforge.dsl.Formulas.squaredNorm;
import static dev.lossforge.dsl.Formulas.sum;
import static dev.lossforge.dsl.Scope.SAMPLE;

import dev.lossforge.dsl.Loss;
import dev.lossforge.dsl.Param;
import dev.lossforge.dsl.Prediction;
import dev.lossforge.dsl.Target;

/** Losses on signals: rows over time, or the sources of a mixture, {@code [sources, time]}. */
public final class AudioLosses {
    private static final float DECIBELS = (float) (10 / Math.log(10));

    private AudioLosses() {}

    /**
     * The negative scale-invariant signal-to-distortion ratio in decibels, {@code −10 log₁₀((|αy|² + eps) / (|αy − p|²
     * + eps))} with {@code α = (p·y + eps) / (|y|² + eps)}.
     *
     * <p>J. Le Roux et al., "SDR – half-baked or well done?", ICASSP 2019, eq. 3 and 4; eps as in torchmetrics. Signals
     * are taken as given: subtract their means first if these are not 0.
     */
    @Loss
    static float scaleInvariantDistortion(
            @Prediction float[] p,
            @Target float[] y,
            @Param(defaultValue = 1.1920929e-7, min = Float.MIN_NORMAL) float eps) {
        return -ratio(p, y, eps);
    }

    /**
     * {@link #scaleInvariantDistortion}, the mean over the sources of a mixture, for the best assignment of predicted
     * sources to true ones. For one, two or three sources; NaN for more.
     *
     * <p>D. Yu et al., "Permutation invariant training of deep models for speaker-independent multi-talker speech
     * separation", ICASSP 2017.
     *
     * @param p {@code [sources, time]}
     */
    @Loss(scope = SAMPLE)
    static float permutationInvariantDistortion(
            @Prediction float[][] p,
            @Target float[][] y,
            @Param(defaultValue = 1.1920929e-7, min = Float.MIN_NORMAL) float eps) {
        int sources = p.length;
        float best = max(
                2 * sources,
                order -> mean(
                        sources,
                        i -> sum(sources, j -> {
                            float each = ratio(p[i], y[j], eps);
                            return assigned(order, i, sources) == j ? each : 0f;
                        })));
        return sources > 3 ? Float.NaN : -best;
    }

    /**
     * The true source, of at most three, that an assignment gives to a predicted one. The first assignments rotate the
     * sources; the later ones also mirror them.
     */
    private static int assigned(int order, int source, int sources) {
        return (order < sources ? order + source : order - source) % sources;
    }

    private static float ratio(float[] p, float[] y, float eps) {
        float scale = (dot(p, y) + eps) / (squaredNorm(y) + eps);
        float signal = sum(y.length, t -> square(scale * y[t]));
        float distortion = sum(y.length, t -> square(scale * y[t] - p[t]));
        return DECIBELS * log((signal + eps) / (distortion + eps));
    }

    /**
     * {@code mean over the frames of √(mean over the bins of (10 log₁₀((y + eps) / (p + eps)))²)} of two power spectra,
     * in decibels. Gradient 0 where a frame is exact.
     *
     * <p>L. R. Rabiner, B.-H. Juang, "Fundamentals of Speech Recognition", 1993, section 4.5.
     *
     * @param p {@code [frames, bins]}
     * @param eps the smallest power distinguished from silence
     */
    @Loss(scope = SAMPLE)
    static float logSpectralDistance(
            @Prediction(min = 0) float[][] p,
            @Target(min = 0) float[][] y,
            @Param(defaultValue = 1e-8, min = Float.MIN_NORMAL) float eps) {
        return DECIBELS
                * mean(p.length, t -> sqrt(mean(p[0].length, f -> square(log(y[t][f] + eps) - log(p[t][f] + eps)))));
    }
}
