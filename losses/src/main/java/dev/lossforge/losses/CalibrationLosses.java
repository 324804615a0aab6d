package dev.lossforge.losses;

import static dev.lossforge.dsl.Formulas.abs;
import static dev.lossforge.dsl.Formulas.argMax;
import static dev.lossforge.dsl.Formulas.exp;
import static dev.lossforge.dsl.Formulas.logSumExp;
import static dev.lossforge.dsl.Formulas.max;
import static dev.lossforge.dsl.Formulas.mean;
import static dev.lossforge.dsl.Formulas.vector;

import dev.lossforge.dsl.Loss;
import dev.lossforge.dsl.Param;
import dev.lossforge.dsl.Prediction;
import dev.lossforge.dsl.Target;

/** Losses that compare a classifier's confidence with how often it is right. Add one to a cross-entropy. */
public final class CalibrationLosses {

    private CalibrationLosses() {}

    /**
     * {@code mean (cᵢ − rᵢ)(cⱼ − rⱼ) e^(−|rᵢ − rⱼ| / width)} over all pairs of the batch, the square of the maximum
     * mean calibration error. Here r is the largest probability of {@code softmax(logits)}, and c is 1 if its class is
     * right and 0 otherwise, a constant. The loss is near 0 if samples of confidence r are right in a share r of the
     * cases. Over the batch {@code [samples, classes]}; the work is quadratic in the samples.
     *
     * <p>A. Kumar, S. Sarawagi, U. Jain, "Trainable Calibration Measures For Neural Networks From Kernel Mean
     * Embeddings", ICML 2018, eq. 4.
     *
     * @param width the kernel's width, as a difference of probabilities
     */
    @Loss
    static float maximumMeanCalibration(
            @Prediction float[][] logits, @Target int[] label, @Param(defaultValue = 0.4, min = 1e-6) float width) {
        int n = logits.length;
        float[] confidence = vector(n, i -> exp(max(logits[i]) - logSumExp(logits[i])));
        float[] error = vector(n, i -> (argMax(logits[i]) == label[i] ? 1f : 0f) - confidence[i]);
        return mean(n, i -> mean(n, j -> error[i] * error[j] * exp(-abs(confidence[i] - confidence[j]) / width)));
    }
}
