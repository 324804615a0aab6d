package dev.lossforge.losses;

import static dev.lossforge.dsl.Formulas.exp;
import static dev.lossforge.dsl.Formulas.log;
import static dev.lossforge.dsl.Formulas.logSumExp;
import static dev.lossforge.dsl.Formulas.max;
import static dev.lossforge.dsl.Formulas.mean;
import static dev.lossforge.dsl.Formulas.pow;
import static dev.lossforge.dsl.Formulas.sum;

import dev.lossforge.dsl.Hessian;
import dev.lossforge.dsl.Loss;
import dev.lossforge.dsl.Param;
import dev.lossforge.dsl.Prediction;
import dev.lossforge.dsl.Target;

/**
 * Losses for one of several classes: a row of predictions {@code [classes]} per sample, and either the index of the
 * true class or a row of class probabilities (one-hot or soft). Entropies are in nats. Class weights are given as
 * sample weights.
 */
public final class MulticlassLosses {

    private MulticlassLosses() {}

    /**
     * {@code −Σ yᵢ log pᵢ} on probabilities, with {@code 0 · log 0 = 0}. The row is taken as it is: neither normalised
     * nor clipped (Keras does both). Prefer {@link #softmaxCrossEntropyWithProbabilities} on logits.
     */
    @Loss
    static float crossEntropy(@Prediction(min = 0, max = 1) float[] p, @Target(min = 0, max = 1) float[] y) {
        return -sum(p.length, i -> y[i] * log(p[i]));
    }

    /** {@code −log p[label]} on probabilities. */
    @Loss
    static float sparseCrossEntropy(@Prediction(min = 0, max = 1) float[] p, @Target int label) {
        return -log(p[label]);
    }

    /** {@code −logp[label]} on log-probabilities: the negative log-likelihood. */
    @Loss
    static float negativeLogLikelihood(@Prediction(max = 0) float[] logp, @Target int label) {
        return -logp[label];
    }

    /** {@code logΣexp z − z[label]} on logits. Gradient {@code softmax(z) − onehot(label)}. */
    @Loss(hessian = Hessian.DIAGONAL)
    static float softmaxCrossEntropy(@Prediction float[] logits, @Target int label) {
        return logSumExp(logits) - logits[label];
    }

    /** {@code Σ yᵢ (logΣexp z − zᵢ)} on logits against class probabilities y. */
    @Loss(hessian = Hessian.DIAGONAL)
    static float softmaxCrossEntropyWithProbabilities(@Prediction float[] logits, @Target(min = 0, max = 1) float[] y) {
        float normalizer = logSumExp(logits);
        return sum(logits.length, i -> y[i] == 0f ? 0f : y[i] * (normalizer - logits[i]));
    }

    /**
     * Softmax cross-entropy against {@code (1 − α) onehot(label) + α / classes}. All logits must be finite.
     *
     * <p>C. Szegedy et al., "Rethinking the Inception Architecture for Computer Vision", CVPR 2016, section 7.
     */
    @Loss(hessian = Hessian.DIAGONAL)
    static float smoothedSoftmaxCrossEntropy(
            @Prediction float[] logits,
            @Target int label,
            @Param(defaultValue = 0.1, min = 0, max = 1) float labelSmoothing) {
        float normalizer = logSumExp(logits);
        return (1f - labelSmoothing) * (normalizer - logits[label])
                + labelSmoothing * mean(logits.length, i -> normalizer - logits[i]);
    }

    /**
     * Softmax cross-entropy times {@code (1 − q)^γ}, q the probability of the true class.
     *
     * <p>T.-Y. Lin et al., "Focal Loss for Dense Object Detection", ICCV 2017, eq. 4.
     */
    @Loss
    static float focal(@Prediction float[] logits, @Target int label, @Param(defaultValue = 2, min = 0) float gamma) {
        float loss = logSumExp(logits) - logits[label];
        return pow(1f - exp(-loss), gamma) * loss;
    }

    /**
     * {@code (1 − p[label]^q) / q} on probabilities: between cross-entropy (q → 0) and absolute error (q = 1), robust
     * to wrong labels.
     *
     * <p>Z. Zhang, M. Sabuncu, "Generalized Cross Entropy Loss for Training Deep Neural Networks with Noisy Labels",
     * NeurIPS 2018, eq. 6.
     */
    @Loss
    static float generalizedCrossEntropy(
            @Prediction(min = 0, max = 1) float[] p,
            @Target int label,
            @Param(defaultValue = 0.7, min = 1e-6, max = 1) float q) {
        return (1f - pow(p[label], q)) / q;
    }

    /**
     * Softmax cross-entropy plus {@code ε (1 − q)}, q the probability of the true class.
     *
     * <p>Z. Leng et al., "PolyLoss", ICLR 2022, eq. 6.
     */
    @Loss
    static float poly(@Prediction float[] logits, @Target int label, @Param(defaultValue = 1) float epsilon) {
        float loss = logSumExp(logits) - logits[label];
        return loss + epsilon * (1f - exp(-loss));
    }

    /** {@code mean over all classes of max(0, margin − s[label] + sᵢ), i ≠ label}. */
    @Loss
    static float multiMargin(
            @Prediction float[] scores, @Target int label, @Param(defaultValue = 1, min = 0) float margin) {
        return mean(scores.length, i -> i == label ? 0f : max(0f, margin - scores[label] + scores[i]));
    }

    /** {@code max(0, 1 + max over wrong classes s − s[label])}. */
    @Loss
    static float categoricalHinge(@Prediction float[] scores, @Target int label) {
        return max(0f, 1f - scores[label] + max(scores.length, i -> i == label ? Float.NEGATIVE_INFINITY : scores[i]));
    }

    /** {@code max s − s[label]}: zero when the true class has the greatest score. */
    @Loss
    static float multiclassPerceptron(@Prediction float[] scores, @Target int label) {
        return max(scores) - scores[label];
    }
}
