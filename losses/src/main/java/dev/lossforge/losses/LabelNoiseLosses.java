package dev.lossforge.losses;

import static dev.lossforge.dsl.Formulas.cos;
import static dev.lossforge.dsl.Formulas.expm1;
import static dev.lossforge.dsl.Formulas.logSumExp;
import static dev.lossforge.dsl.Formulas.max;
import static dev.lossforge.dsl.Formulas.min;
import static dev.lossforge.dsl.Formulas.sin;
import static dev.lossforge.dsl.Formulas.sqrt;
import static dev.lossforge.dsl.Formulas.square;
import static dev.lossforge.dsl.Formulas.vector;
import static dev.lossforge.dsl.Formulas.xlogy;

import dev.lossforge.dsl.Hessian;
import dev.lossforge.dsl.Loss;
import dev.lossforge.dsl.Param;
import dev.lossforge.dsl.Prediction;
import dev.lossforge.dsl.Target;

/**
 * Softmax cross-entropies for labels that are sometimes wrong, or some of which are much rarer than others. A sample
 * has logits {@code [classes]} and the index of the true class. Nats.
 */
public final class LabelNoiseLosses {

    private LabelNoiseLosses() {}

    /**
     * {@code α (−log q) − β A (1 − q)}, q the probability of the true class: cross-entropy plus the reverse
     * cross-entropy, in which log 0 is A. The second term does not grow with the disagreement.
     *
     * <p>Y. Wang et al., "Symmetric Cross Entropy for Robust Learning with Noisy Labels", ICCV 2019, eq. 7 and 8.
     *
     * @param alpha the weight of cross-entropy
     * @param beta the weight of its reverse
     * @param logZero A; the default, log 10⁻⁴, is that of the authors' code
     */
    @Loss(hessian = Hessian.DIAGONAL)
    static float symmetricCrossEntropy(
            @Prediction float[] logits,
            @Target int label,
            @Param(defaultValue = 0.1, min = 0) float alpha,
            @Param(defaultValue = 1, min = 0) float beta,
            @Param(defaultValue = -9.210340372, max = 0) float logZero) {
        float error = logSumExp(logits) - logits[label];
        return alpha * error + beta * logZero * expm1(-error);
    }

    /**
     * Softmax cross-entropy of {@code logits + tau · log prior}: the network learns only what the frequencies of the
     * classes do not explain. Without the prior, its answers therefore fit classes of equal frequency. With the numbers
     * of samples as prior and tau = 1, this is the balanced softmax.
     *
     * <p>A. K. Menon et al., "Long-tail learning via logit adjustment", ICLR 2021, eq. 10; J. Ren et al., "Balanced
     * Meta-Softmax for Long-Tailed Visual Recognition", NeurIPS 2020, eq. 4.
     *
     * @param prior of each class, up to a common factor; a class of prior 0 is impossible
     */
    @Loss(hessian = Hessian.DIAGONAL)
    @SuppressWarnings("FormulaDomain") // NaN if every class is impossible
    static float logitAdjusted(
            @Prediction float[] logits,
            @Target int label,
            @Param(min = 0) float[] prior,
            @Param(defaultValue = 1, min = 0) float tau) {
        float[] adjusted = vector(logits.length, i -> logits[i] + xlogy(tau, prior[i]));
        return logSumExp(adjusted) - adjusted[label];
    }

    /**
     * Softmax cross-entropy of {@code scale · (z − Δ)}, Δ = {@code maxMargin (min n / n[label])^¼} for the true class
     * and 0 for the others: the rarer a class, the larger the margin by which it has to win (LDAM).
     *
     * <p>K. Cao et al., "Learning Imbalanced Datasets with Label-Distribution-Aware Margin Loss", NeurIPS 2019, eq. 12
     * and 13.
     *
     * @param logits cosines of features and class weights
     * @param counts n, the number of samples of each class
     */
    @Loss(hessian = Hessian.DIAGONAL)
    static float labelDistributionAwareMargin(
            @Prediction float[] logits,
            @Target int label,
            @Param(min = Float.MIN_NORMAL) float[] counts,
            @Param(defaultValue = 0.5, min = 0) float maxMargin,
            @Param(defaultValue = 30, min = 0) float scale) {
        float margin = maxMargin * sqrt(sqrt(min(counts) / counts[label]));
        float[] scaled = vector(logits.length, i -> scale * (i == label ? logits[i] - margin : logits[i]));
        return logSumExp(scaled) - scaled[label];
    }

    /**
     * Softmax cross-entropy of {@code scale · c} with the true class's cosine cos θ replaced by {@code cos(θ + margin)
     * − cosineMargin}: embeddings of a class draw together, those of different ones apart. {@code margin = 0} with
     * {@code cosineMargin = 0.35} is CosFace. If θ + margin would exceed π, {@code cos θ − margin · sin margin}
     * replaces it. The derivative with respect to θ is 0 at θ = 0.
     *
     * <p>J. Deng et al., "ArcFace: Additive Angular Margin Loss for Deep Face Recognition", CVPR 2019, eq. 3 and 4; H.
     * Wang et al., "CosFace", CVPR 2018, eq. 4.
     *
     * @param cosines of the sample's embedding and the weights of each class
     * @param margin the angle, in radians
     * @param cosineMargin the amount subtracted from the cosine
     */
    @Loss
    static float arcFace(
            @Prediction(min = -1, max = 1) float[] cosines,
            @Target int label,
            @Param(defaultValue = 64, min = 0) float scale,
            @Param(defaultValue = 0.5, min = 0, max = 1.5) float margin,
            @Param(defaultValue = 0, min = 0) float cosineMargin) {
        float c = cosines[label];
        float turned = c * cos(margin) - sqrt(max(1f - square(c), 1e-14f)) * sin(margin);
        float moved = (c > -cos(margin) ? turned : c - margin * sin(margin)) - cosineMargin;
        return logSumExp(cosines.length, i -> scale * (i == label ? moved : cosines[i])) - scale * moved;
    }
}
