package dev.lossforge.losses;

import static dev.lossforge.dsl.Formulas.expm1;
import static dev.lossforge.dsl.Formulas.log;
import static dev.lossforge.dsl.Formulas.logSoftmax;
import static dev.lossforge.dsl.Formulas.logSumExp;
import static dev.lossforge.dsl.Formulas.max;
import static dev.lossforge.dsl.Formulas.mean;
import static dev.lossforge.dsl.Formulas.pow;
import static dev.lossforge.dsl.Formulas.square;
import static dev.lossforge.dsl.Formulas.stopGradient;
import static dev.lossforge.dsl.Formulas.sum;

import dev.lossforge.dsl.Hessian;
import dev.lossforge.dsl.Loss;
import dev.lossforge.dsl.Param;
import dev.lossforge.dsl.Prediction;
import dev.lossforge.dsl.Target;

/**
 * Losses for one of several classes other than cross-entropy: for rare classes, for wrong labels, and with margins. A
 * sample has a row of predictions {@code [classes]}, and the index of the true class or a row of class probabilities.
 */
public final class MulticlassLosses {

    private MulticlassLosses() {}

    /**
     * Softmax cross-entropy times {@code (1 − q)^γ}, q the probability of the true class. Nats; γ = 0 is the plain
     * cross-entropy.
     *
     * <p>T.-Y. Lin et al., "Focal Loss for Dense Object Detection", ICCV 2017, eq. 4.
     */
    @Loss(hessian = Hessian.DIAGONAL)
    static float focal(@Prediction float[] logits, @Target int label, @Param(defaultValue = 2, min = 0) float gamma) {
        return focused(logSumExp(logits) - logits[label], gamma);
    }

    /** {@link #focal} times {@code weight[label]}, the paper's α for each class. */
    @Loss(hessian = Hessian.DIAGONAL)
    static float weightedFocal(
            @Prediction float[] logits,
            @Target int label,
            @Param(min = 0) float[] weight,
            @Param(defaultValue = 2, min = 0) float gamma) {
        return weight[label] * focused(logSumExp(logits) - logits[label], gamma);
    }

    /**
     * {@code −alpha Σ yᵢ (1 − qᵢ)^γ log qᵢ} with {@code q = softmax(z)}: focal loss against class probabilities (Keras'
     * categorical focal cross-entropy on logits, which clips q at 1e-7).
     */
    @Loss
    static float categoricalFocal(
            @Prediction float[] logits,
            @Target(min = 0, max = 1) float[] y,
            @Param(defaultValue = 0.25, min = 0) float alpha,
            @Param(defaultValue = 2, min = 0) float gamma) {
        float[] logq = logSoftmax(logits);
        return alpha * sum(logits.length, i -> y[i] == 0f ? 0f : y[i] * focused(-logq[i], gamma));
    }

    private static float focused(float error, float gamma) {
        return BinaryLosses.focused(error, -expm1(-error), gamma);
    }

    /**
     * {@code (1 − p[label]^q) / q} on probabilities: between cross-entropy (q = 0) and absolute error (q = 1), robust
     * to wrong labels.
     *
     * <p>Z. Zhang, M. Sabuncu, "Generalized Cross Entropy Loss for Training Deep Neural Networks with Noisy Labels",
     * NeurIPS 2018, eq. 6.
     */
    @Loss
    static float generalizedCrossEntropy(
            @Prediction(min = 0, max = 1) float[] p,
            @Target int label,
            @Param(defaultValue = 0.7, min = 0, max = 1) float q) {
        float truth = p[label];
        if (q == 0f) {
            return -log(truth);
        }
        return truth > 0f ? -expm1(q * log(truth)) / q : (1f - pow(truth, q)) / q;
    }

    /**
     * Softmax cross-entropy plus {@code ε (1 − q)}, q the probability of the true class (Poly-1). Nats.
     *
     * <p>Z. Leng et al., "PolyLoss", ICLR 2022, eq. 6.
     */
    @Loss(hessian = Hessian.DIAGONAL)
    static float poly(@Prediction float[] logits, @Target int label, @Param(defaultValue = 1) float epsilon) {
        float loss = logSumExp(logits) - logits[label];
        return loss - epsilon * expm1(-loss);
    }

    /**
     * {@code Σ max(0, margin − s[label] + sᵢ)^p / classes} over all wrong classes i (PyTorch's multi-margin loss).
     * Gradient 0 at the kink.
     *
     * <p>J. Weston, C. Watkins, "Multi-class Support Vector Machines", 1998, for p = 1.
     *
     * @param p 1 or 2
     */
    @Loss
    static float multiMargin(
            @Prediction float[] scores,
            @Target int label,
            @Param(defaultValue = 1, min = 0) float margin,
            @Param(defaultValue = 1, min = 1, max = 2) int p) {
        return mean(scores.length, i -> i == label ? 0f : hinge(margin - (scores[label] - scores[i]), p));
    }

    /** {@link #multiMargin} times {@code weight[label]}, as PyTorch computes it (its page puts the weight under p). */
    @Loss
    static float weightedMultiMargin(
            @Prediction float[] scores,
            @Target int label,
            @Param(min = 0) float[] weight,
            @Param(defaultValue = 1, min = 0) float margin,
            @Param(defaultValue = 1, min = 1, max = 2) int p) {
        return weight[label]
                * mean(scores.length, i -> i == label ? 0f : hinge(margin - (scores[label] - scores[i]), p));
    }

    private static float hinge(float violation, int p) {
        return p == 1 ? max(0f, violation) : square(max(0f, violation));
    }

    /**
     * {@code max(0, 1 + max over wrong classes s − s[label])}: the true class should exceed the best wrong one by 1. Of
     * equal wrong classes, the first counts. {@link #categoricalHinge} is Keras' variant.
     *
     * <p>K. Crammer, Y. Singer, "On the Algorithmic Implementation of Multiclass Kernel-based Vector Machines", JMLR
     * 2001.
     */
    @Loss
    static float multiclassHinge(@Prediction float[] scores, @Target int label) {
        float rival = max(scores.length, i -> i == label ? Float.NEGATIVE_INFINITY : scores[i]);
        return max(0f, 1f - (scores[label] - rival));
    }

    /**
     * {@code max(0, 1 + max((1 − y) s) − Σ y s)}, y one-hot, as in Keras: the true class's own entry counts as 0 in the
     * maximum, so the loss differs from {@link #multiclassHinge} for scores below 0.
     */
    @Loss
    static float categoricalHinge(@Prediction float[] scores, @Target(min = 0, max = 1) float[] y) {
        float truth = sum(scores.length, i -> y[i] * scores[i]);
        float rival = max(scores.length, i -> (1f - y[i]) * scores[i]);
        return max(0f, 1f - (truth - rival));
    }

    /**
     * {@code max s − s[label]}: zero if the true class has the largest score. Of equal scores, the first counts.
     *
     * <p>M. Collins, "Discriminative Training Methods for Hidden Markov Models", EMNLP 2002.
     */
    @Loss
    static float multiclassPerceptron(@Prediction float[] scores, @Target int label) {
        return max(scores) - scores[label];
    }

    /**
     * {@code ½ Σ over S of (sᵢ² − τ²) + ½ − s[label]}, where S and τ are the support and the threshold of
     * {@code sparsemax(s) = max(0, s − τ)}, the nearest point of the simplex. Gradient {@code sparsemax(s) −
     * onehot(label)}; zero once the true class leads by 1.
     *
     * <p>Class j is in S if {@code Σᵢ max(0, sᵢ − sⱼ) < 1}, so nothing is sorted; the work is quadratic in the classes.
     *
     * <p>A. Martins, R. Astudillo, "From Softmax to Sparsemax", ICML 2016, eq. 16.
     */
    @Loss(hessian = Hessian.DIAGONAL)
    static float sparsemax(@Prediction float[] scores, @Target int label) {
        float top = stopGradient(max(scores));
        float count = max(1f, sum(scores.length, j -> supports(scores, j) ? 1f : 0f));
        float threshold = (sum(scores.length, j -> supports(scores, j) ? scores[j] - top : 0f) - 1f) / count;
        float conjugate = sum(
                scores.length,
                j -> supports(scores, j) ? (scores[j] - top - threshold) * (scores[j] - top + threshold) : 0f);
        return 0.5f * conjugate + (0.5f - (scores[label] - top));
    }

    private static boolean supports(float[] scores, int j) {
        return sum(scores.length, i -> max(0f, scores[i] - scores[j])) < 1f;
    }
}
