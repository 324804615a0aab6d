package dev.lossforge.losses;

import static dev.lossforge.dsl.Formulas.log;
import static dev.lossforge.dsl.Formulas.logNormalCdf;
import static dev.lossforge.dsl.Formulas.max;
import static dev.lossforge.dsl.Formulas.min;
import static dev.lossforge.dsl.Formulas.pow;
import static dev.lossforge.dsl.Formulas.sigmoid;
import static dev.lossforge.dsl.Formulas.softplus;
import static dev.lossforge.dsl.Formulas.square;

import dev.lossforge.dsl.Hessian;
import dev.lossforge.dsl.Loss;
import dev.lossforge.dsl.Param;
import dev.lossforge.dsl.Prediction;
import dev.lossforge.dsl.Target;

/**
 * Losses for yes or no, per element; for multi-label problems one element per label. A probability is p, a logit
 * ({@code log(p / (1 − p))}, any number) is z, a margin score is s. The target y is 1 or 0 (or a probability between)
 * for the cross-entropies; for the margin losses it is 1 or −1, and 0 counts as −1.
 */
public final class BinaryLosses {

    private BinaryLosses() {}

    /**
     * {@code −y log p − (1 − y) log(1 − p)} on probabilities, in nats, with {@code 0 · log 0 = 0}; nothing is clipped,
     * so a certain mistake costs ∞. PyTorch clips each logarithm at −100, Keras clips p at 1e-7. Prefer
     * {@link #binaryCrossEntropyWithLogits}.
     */
    @Loss(hessian = Hessian.DIAGONAL)
    static float binaryCrossEntropy(@Prediction(min = 0, max = 1) float p, @Target(min = 0, max = 1) float y) {
        return -(y * log(p) + (1f - y) * log(1f - p));
    }

    /**
     * {@code −y log σ(z) − (1 − y) log(1 − σ(z)) = log(1 + eᶻ) − y z}: the same on logits, finite for every finite z
     * and exact for confident ones. Nats. Gradient {@code σ(z) − y}.
     */
    @Loss(hessian = Hessian.DIAGONAL)
    static float binaryCrossEntropyWithLogits(@Prediction float z, @Target(min = 0, max = 1) float y) {
        return logisticError(z, y);
    }

    /** {@code log(1 + eᶻ) − y z}, exact also where one of the two answers is certain. */
    static float logisticError(float z, float y) {
        return softplus(z) - y * z;
    }

    /**
     * {@code −y log Φ(z) − (1 − y) log Φ(−z)}: cross-entropy with the normal distribution function instead of the
     * logistic one (probit). A confident mistake costs the square of its logit. Nats.
     *
     * <p>C. I. Bliss, "The Method of Probits", Science 79 (1934).
     */
    @Loss(hessian = Hessian.DIAGONAL)
    static float probit(@Prediction float z, @Target(min = 0, max = 1) float y) {
        return -(y == 0f ? 0f : y * logNormalCdf(z)) - (y == 1f ? 0f : (1f - y) * logNormalCdf(-z));
    }

    /**
     * {@code −posWeight t log σ(z) − (1 − t) log(1 − σ(z))} on logits with smoothed targets {@code t = y (1 − α) + α /
     * 2}. Nats.
     *
     * @param posWeight the weight of positives: more than 1 raises recall, less raises precision
     * @param labelSmoothing α, as in Keras; PyTorch's loss has none
     */
    @Loss(hessian = Hessian.DIAGONAL)
    static float weightedBinaryCrossEntropyWithLogits(
            @Prediction float z,
            @Target(min = 0, max = 1) float y,
            @Param(defaultValue = 1, min = 0) float posWeight,
            @Param(defaultValue = 0, min = 0, max = 1) float labelSmoothing) {
        float t = y * (1f - labelSmoothing) + 0.5f * labelSmoothing;
        float positive = posWeight * t;
        return (positive == 0f ? 0f : positive * softplus(-z)) + (t == 1f ? 0f : (1f - t) * softplus(z));
    }

    /**
     * Cross-entropy on logits times {@code (1 − q)^γ}, q the probability given to the truth. Samples that are already
     * right count little. Nats; γ = 0 is the plain cross-entropy. For soft targets {@code q = y σ(z) + (1 − y) σ(−z)},
     * as in torchvision, optax and Keras (which clips q at 1e-7).
     *
     * <p>T.-Y. Lin et al., "Focal Loss for Dense Object Detection", ICCV 2017, eq. 4 and 5.
     *
     * @param alpha the weight of positives, {@code 1 − alpha} that of negatives; a negative alpha gives both the weight
     *     1. The paper, torchvision and Keras (when balancing) use 0.25
     */
    @Loss(hessian = Hessian.DIAGONAL)
    static float binaryFocal(
            @Prediction float z,
            @Target(min = 0, max = 1) float y,
            @Param(defaultValue = 2, min = 0) float gamma,
            @Param(defaultValue = -1, min = -1, max = 1) float alpha) {
        float weight = alpha < 0f ? 1f : y * alpha + (1f - y) * (1f - alpha);
        float wrong = y * sigmoid(-z) + (1f - y) * sigmoid(z);
        return weight * focused(logisticError(z, y), wrong, gamma);
    }

    /** {@code wrong^γ · error}; its slope is 0 at error 0, where a power γ < 1 alone would be infinitely steep. */
    static float focused(float error, float wrong, float gamma) {
        return error > 0f ? pow(wrong, gamma) * error : 0f * error;
    }

    /** {@code max(0, 1 − y s)}: zero beyond the margin. Gradient 0 at the kink {@code y s = 1}. */
    @Loss(hessian = Hessian.DIAGONAL)
    static float hinge(@Prediction float s, @Target(min = -1, max = 1) float y) {
        return max(0f, 1f - signed(y) * s);
    }

    /** {@code max(0, 1 − y s)²}. At {@code y s = 1} the second derivative is 0. */
    @Loss(hessian = Hessian.DIAGONAL)
    static float squaredHinge(@Prediction float s, @Target(min = -1, max = 1) float y) {
        return square(max(0f, 1f - signed(y) * s));
    }

    /**
     * {@code max(0, 1 − y s)²} for {@code y s ≥ −1}, else {@code −4 y s}: squared hinge near the margin, linear for
     * gross mistakes.
     *
     * <p>T. Zhang, "Solving large scale linear prediction problems using stochastic gradient descent algorithms", ICML
     * 2004, section 2.
     */
    @Loss(hessian = Hessian.DIAGONAL)
    static float modifiedHuber(@Prediction float s, @Target(min = -1, max = 1) float y) {
        float margin = signed(y) * s;
        return margin >= -1f ? square(max(0f, 1f - margin)) : -4f * margin;
    }

    /** {@code max(0, −y s)}: linear in the mistake, zero if the sign is right. Gradient 0 at s = 0. */
    @Loss(hessian = Hessian.DIAGONAL)
    static float perceptron(@Prediction float s, @Target(min = -1, max = 1) float y) {
        return max(0f, -signed(y) * s);
    }

    /** {@code log(1 + e^(−y s))}: the logistic loss on a score. Nats. */
    @Loss(hessian = Hessian.DIAGONAL)
    static float softMargin(@Prediction float s, @Target(min = -1, max = 1) float y) {
        return softplus(-signed(y) * s);
    }

    /**
     * For the distance d of two items: d if they belong together (y = 1), {@code max(0, margin − d)} if not (y = −1 or
     * 0). Gradient 0 at {@code d = margin}.
     */
    @Loss(hessian = Hessian.DIAGONAL)
    static float hingeEmbedding(
            @Prediction float d, @Target(min = -1, max = 1) float y, @Param(defaultValue = 1, min = 0) float margin) {
        return y > 0f ? d : max(0f, margin - d);
    }

    private static float signed(float y) {
        return y == 0f ? -1f : y;
    }
}
