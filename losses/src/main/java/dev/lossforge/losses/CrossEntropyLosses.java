package dev.lossforge.losses;

import static dev.lossforge.dsl.Formulas.log;
import static dev.lossforge.dsl.Formulas.logSumExp;
import static dev.lossforge.dsl.Formulas.mean;
import static dev.lossforge.dsl.Formulas.part;
import static dev.lossforge.dsl.Formulas.square;
import static dev.lossforge.dsl.Formulas.sum;

import dev.lossforge.dsl.Hessian;
import dev.lossforge.dsl.Loss;
import dev.lossforge.dsl.Param;
import dev.lossforge.dsl.Prediction;
import dev.lossforge.dsl.Target;

/**
 * Cross-entropies for one of several classes. A sample has a row of predictions {@code [classes]}, and either the index
 * of the true class or a row of class probabilities (one-hot or soft). Nats. A class of logit −∞ is impossible. It
 * costs nothing unless it is the truth or smoothing gives it a share.
 *
 * <p><b>Class weights.</b> The mean over the samples divides by their number. PyTorch's mean divides by the sum of the
 * weights of the samples' classes instead: {@link #weightedMeanSoftmaxCrossEntropy} does that.
 */
public final class CrossEntropyLosses {

    private CrossEntropyLosses() {}

    /**
     * {@code −Σ yᵢ log pᵢ} on probabilities, with {@code 0 · log 0 = 0}. The row is neither normalised nor clipped
     * (Keras does both). Prefer {@link #softmaxCrossEntropyWithProbabilities} on logits.
     */
    @Loss
    static float crossEntropy(@Prediction(min = 0, max = 1) float[] p, @Target(min = 0, max = 1) float[] y) {
        return -sum(p.length, i -> y[i] * log(p[i]));
    }

    /** {@code −log p[label]} on probabilities, taken as they are. */
    @Loss
    static float sparseCrossEntropy(@Prediction(min = 0, max = 1) float[] p, @Target int label) {
        return -log(p[label]);
    }

    /** {@code −logp[label]} on log-probabilities: the negative log-likelihood. */
    @Loss
    static float negativeLogLikelihood(@Prediction(max = 0) float[] logp, @Target int label) {
        return -logp[label];
    }

    /** {@code −weight[label] logp[label]}: the negative log-likelihood with class weights. */
    @Loss
    static float weightedNegativeLogLikelihood(
            @Prediction(max = 0) float[] logp, @Target int label, @Param(min = 0) float[] weight) {
        return weighted(weight[label], -logp[label]);
    }

    /** {@code logΣexp z − z[label]} on logits. Gradient {@code softmax(z) − onehot(label)}. */
    @Loss(hessian = Hessian.DIAGONAL)
    static float softmaxCrossEntropy(@Prediction float[] logits, @Target int label) {
        return logSumExp(logits) - logits[label];
    }

    /**
     * {@code Σ tᵢ (logΣexp z − zᵢ)} on logits against class probabilities, smoothed to {@code t = (1 − α) y + α /
     * classes}. A row y need not sum to 1.
     *
     * @param labelSmoothing α
     */
    @Loss(hessian = Hessian.DIAGONAL)
    static float softmaxCrossEntropyWithProbabilities(
            @Prediction float[] logits,
            @Target(min = 0, max = 1) float[] y,
            @Param(defaultValue = 0, min = 0, max = 1) float labelSmoothing) {
        float normalizer = logSumExp(logits);
        return sum(logits.length, i -> weighted(smoothed(y[i], labelSmoothing, logits.length), normalizer - logits[i]));
    }

    /**
     * Softmax cross-entropy against {@code (1 − α) onehot(label) + α / classes}.
     *
     * <p>C. Szegedy et al., "Rethinking the Inception Architecture for Computer Vision", CVPR 2016, section 7.
     *
     * @param labelSmoothing α
     */
    @Loss(hessian = Hessian.DIAGONAL)
    static float smoothedSoftmaxCrossEntropy(
            @Prediction float[] logits,
            @Target int label,
            @Param(defaultValue = 0.1, min = 0, max = 1) float labelSmoothing) {
        float normalizer = logSumExp(logits);
        float uniform = mean(logits.length, i -> weighted(labelSmoothing, normalizer - logits[i]));
        return weighted(1f - labelSmoothing, normalizer - logits[label]) + uniform;
    }

    /**
     * {@code −Σ weightᵢ tᵢ log softmax(z)ᵢ} with {@code t = (1 − α) onehot(label) + α / classes}: class weights with
     * label smoothing. Each class's share of the smoothing is multiplied by that class's weight, as in PyTorch.
     *
     * @param weight one weight for each class
     * @param labelSmoothing α
     */
    @Loss(hessian = Hessian.DIAGONAL)
    static float weightedSoftmaxCrossEntropy(
            @Prediction float[] logits,
            @Target int label,
            @Param(min = 0) float[] weight,
            @Param(defaultValue = 0, min = 0, max = 1) float labelSmoothing) {
        return weightedError(logits, label, weight, labelSmoothing);
    }

    private static float weightedError(float[] logits, int label, float[] weight, float labelSmoothing) {
        float normalizer = logSumExp(logits);
        float uniform = mean(logits.length, i -> weighted(labelSmoothing * weight[i], normalizer - logits[i]));
        return weighted((1f - labelSmoothing) * weight[label], normalizer - logits[label]) + uniform;
    }

    /**
     * {@code −Σ weightᵢ tᵢ log softmax(z)ᵢ} with {@code t = (1 − α) y + α / classes}: class weights for soft targets.
     *
     * @param weight one weight for each class
     * @param labelSmoothing α
     */
    @Loss(hessian = Hessian.DIAGONAL)
    static float weightedSoftmaxCrossEntropyWithProbabilities(
            @Prediction float[] logits,
            @Target(min = 0, max = 1) float[] y,
            @Param(min = 0) float[] weight,
            @Param(defaultValue = 0, min = 0, max = 1) float labelSmoothing) {
        float normalizer = logSumExp(logits);
        return sum(
                logits.length,
                i -> weighted(weight[i] * smoothed(y[i], labelSmoothing, logits.length), normalizer - logits[i]));
    }

    /**
     * {@code Σ weightedSoftmaxCrossEntropy / Σ weight[label]} over the batch: PyTorch's {@code CrossEntropyLoss(weight,
     * ignore_index, reduction = 'mean', label_smoothing)}. Logits {@code [samples, classes]}. A sample with the ignored
     * label adds nothing to the numerator, the denominator or the gradient. The ignored label need not be a class. NaN
     * if all samples are ignored.
     *
     * @param weight one weight for each class
     * @param labelSmoothing α
     * @param ignoreIndex the label of samples to ignore
     */
    @Loss
    @SuppressWarnings("FormulaDomain") // the mean of nothing is NaN
    static float weightedMeanSoftmaxCrossEntropy(
            @Prediction float[][] logits,
            @Target int[] label,
            @Param(min = 0) float[] weight,
            @Param(defaultValue = 0, min = 0, max = 1) float labelSmoothing,
            @Param(defaultValue = -100) int ignoreIndex) {
        float total = sum(
                logits.length,
                i -> label[i] == ignoreIndex ? 0f : weightedError(logits[i], label[i], weight, labelSmoothing));
        return total / sum(logits.length, i -> label[i] == ignoreIndex ? 0f : weight[label[i]]);
    }

    /**
     * {@code logΣexp z − z[label] + zWeight (logΣexp z)²}: softmax cross-entropy with a penalty that keeps the
     * normaliser near 1, so that logits do not drift. Its parts are {@code crossEntropy} and, without the factor,
     * {@code zLoss}.
     *
     * <p>A. Chowdhery et al., "PaLM", 2022, section 5, with 1e-4.
     */
    @Loss(hessian = Hessian.DIAGONAL)
    static float softmaxCrossEntropyWithZLoss(
            @Prediction float[] logits, @Target int label, @Param(defaultValue = 1e-4, min = 0) float zWeight) {
        float normalizer = logSumExp(logits);
        return part("crossEntropy", normalizer - logits[label]) + zWeight * part("zLoss", square(normalizer));
    }

    /** {@code (logΣexp z)²}: the penalty alone, to be added to any loss on logits. */
    @Loss(hessian = Hessian.DIAGONAL)
    static float zLoss(@Prediction float[] logits) {
        return square(logSumExp(logits));
    }

    private static float smoothed(float y, float labelSmoothing, int classes) {
        return (1f - labelSmoothing) * y + labelSmoothing / classes;
    }

    /** {@code weight · loss}, and 0 for weight 0 even if the loss is infinite. */
    static float weighted(float weight, float loss) {
        return weight == 0f ? 0f : weight * loss;
    }
}
