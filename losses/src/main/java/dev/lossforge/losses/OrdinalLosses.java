package dev.lossforge.losses;

import static dev.lossforge.dsl.Formulas.log1mExp;
import static dev.lossforge.dsl.Formulas.max;
import static dev.lossforge.dsl.Formulas.softmax;
import static dev.lossforge.dsl.Formulas.softplus;
import static dev.lossforge.dsl.Formulas.square;
import static dev.lossforge.dsl.Formulas.sum;

import dev.lossforge.dsl.Hessian;
import dev.lossforge.dsl.Loss;
import dev.lossforge.dsl.Param;
import dev.lossforge.dsl.Prediction;
import dev.lossforge.dsl.Target;

/**
 * Losses for grades: classes 0 … K − 1 with an order, such as stars or stages. A near miss costs less than a far one.
 */
public final class OrdinalLosses {

    private OrdinalLosses() {}

    /**
     * {@code −Σ log σ(zₖ)} over k below the label {@code − Σ log(1 − σ(zₖ))} over the others: logit k says whether the
     * grade is above k. With one weight vector and K − 1 biases the probabilities fall with k. Nats.
     *
     * <p>W. Cao, V. Mirjalili, S. Raschka, "Rank consistent ordinal regression for neural networks with application to
     * age estimation", Pattern Recognition Letters 140 (2020), eq. 4 (CORAL).
     *
     * @param logits {@code [K − 1]}
     * @param label 0 … K − 1
     */
    @Loss(hessian = Hessian.DIAGONAL)
    static float coral(@Prediction float[] logits, @Target(min = 0) int label) {
        return sum(logits.length, k -> softplus(k < label ? -logits[k] : logits[k]));
    }

    /**
     * Cross-entropies of {@code σ(zₖ)}, the probability that the grade is above k if it is above k − 1. The term for k
     * is over the samples whose grade is above k − 1: {@code −log σ(zₖ)} if the grade is above k, else {@code −log(1 −
     * σ(zₖ))}. The sum over the batch is divided by the number of terms. The probabilities that a grade is above k are
     * products, so they fall with k whatever the logits are. Nats.
     *
     * <p>X. Shi, W. Cao, S. Raschka, "Deep Neural Networks for Rank-Consistent Ordinal Regression Based On Conditional
     * Probabilities", Pattern Analysis and Applications 26 (2023), eq. 5 (CORN).
     *
     * @param logits {@code [samples, K − 1]}
     * @param label 0 … K − 1
     */
    @Loss
    static float corn(@Prediction float[][] logits, @Target(min = 0) int[] label) {
        float total = sum(
                logits.length,
                i -> sum(
                        logits[i].length,
                        k -> k > label[i] ? 0f : softplus(k < label[i] ? -logits[i][k] : logits[i][k])));
        return total / max(sum(logits.length, i -> sum(logits[i].length, k -> k > label[i] ? 0f : 1f)), 1f);
    }

    /**
     * {@code −log(σ(c[label] − s) − σ(c[label − 1] − s))}, with −∞ below the first threshold c and +∞ above the last:
     * the proportional odds model of a score s. Nats. The loss is NaN unless the thresholds ascend. Training keeps
     * ascending thresholds in order, because an empty grade would cost ∞.
     *
     * <p>P. McCullagh, "Regression Models for Ordinal Data", Journal of the Royal Statistical Society B 42 (1980).
     *
     * @param label 0 … K − 1
     * @param thresholds {@code [K − 1]}
     */
    @Loss(hessian = Hessian.DIAGONAL)
    @SuppressWarnings("FormulaDomain") // thresholds that do not ascend
    static float cumulativeLogit(
            @Prediction float s, @Target(min = 0) int label, @Param(trainable = true) float[] thresholds) {
        if (label == 0) {
            return softplus(s - thresholds[0]);
        }
        float below = thresholds[label - 1] - s;
        return label == thresholds.length
                ? softplus(below)
                : softplus(below)
                        + softplus(s - thresholds[label])
                        - log1mExp(thresholds[label - 1] - thresholds[label]);
    }

    /**
     * {@code Σ (Pₖ − Yₖ)²}, P and Y the sums of the first k of {@code softmax(z)} and of y: the squared earth mover's
     * distance of two distributions of grades.
     *
     * <p>L. Hou, C.-P. Yu, D. Samaras, "Squared Earth Mover's Distance-based Loss for Training Deep Neural Networks",
     * 2016, eq. 5.
     *
     * @param logits {@code [K]}
     * @param y probabilities, or 1 for the label
     */
    @Loss
    static float squaredEarthMovers(@Prediction float[] logits, @Target(min = 0, max = 1) float[] y) {
        float[] p = softmax(logits);
        return sum(logits.length, k -> square(sum(k + 1, j -> p[j] - y[j])));
    }
}
