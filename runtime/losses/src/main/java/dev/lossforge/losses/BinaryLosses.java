package dev.lossforge.losses;

import static dev.lossforge.dsl.Formulas.log;
import static dev.lossforge.dsl.Formulas.max;
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
     * so a certain mistake costs ∞. Prefer {@link #binaryCrossEntropyWithLogits}.
     */
    @Loss
    static float binaryCrossEntropy(@Prediction(min = 0, max = 1) float p, @Target(min = 0, max = 1) float y) {
        return -(y * log(p) + (1f - y) * log(1f - p));
    }

    /** {@code log(1 + eᶻ) − y z}: the same on logits, finite for every finite z. Nats. Gradient {@code σ(z) − y}. */
    @Loss(hessian = Hessian.DIAGONAL)
    static float binaryCrossEntropyWithLogits(@Prediction float z, @Target(min = 0, max = 1) float y) {
        return softplus(z) - y * z;
    }

    /**
     * Cross-entropy on logits with smoothed targets {@code y (1 − α) + α / 2} and positives weighted by posWeight (more
     * than 1 raises recall, less raises precision). Nats.
     */
    @Loss(hessian = Hessian.DIAGONAL)
    static float weightedBinaryCrossEntropyWithLogits(
            @Prediction float z,
            @Target(min = 0, max = 1) float y,
            @Param(defaultValue = 1, min = 0) float posWeight,
            @Param(defaultValue = 0, min = 0, max = 1) float labelSmoothing) {
        float t = y * (1f - labelSmoothing) + 0.5f * labelSmoothing;
        return posWeight * t * softplus(-z) + (1f - t) * softplus(z);
    }

    /**
     * Cross-entropy on logits times {@code (1 − q)^γ}, q the probability given to the truth: what is already right
     * counts little. Nats; γ = 0 is the plain cross-entropy.
     *
     * <p>T.-Y. Lin et al., "Focal Loss for Dense Object Detection", ICCV 2017, eq. 4.
     */
    @Loss
    static float binaryFocal(
            @Prediction float z, @Target(min = 0, max = 1) float y, @Param(defaultValue = 2, min = 0) float gamma) {
        return y * pow(sigmoid(-z), gamma) * softplus(-z) + (1f - y) * pow(sigmoid(z), gamma) * softplus(z);
    }

    /** {@code max(0, 1 − y s)}: zero beyond the margin. Gradient 0 at the kink {@code y s = 1}. */
    @Loss
    static float hinge(@Prediction float s, @Target(min = -1, max = 1) float y) {
        return max(0f, 1f - signed(y) * s);
    }

    /** {@code max(0, 1 − y s)²}. */
    @Loss
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
    @Loss
    static float modifiedHuber(@Prediction float s, @Target(min = -1, max = 1) float y) {
        float margin = signed(y) * s;
        return margin >= -1f ? square(max(0f, 1f - margin)) : -4f * margin;
    }

    /** {@code max(0, −y s)}: linear in the mistake, zero for every right sign. Gradient 0 at s = 0. */
    @Loss
    static float perceptron(@Prediction float s, @Target(min = -1, max = 1) float y) {
        return max(0f, -signed(y) * s);
    }

    /** {@code log(1 + e^(−y s))}: the logistic loss on a score. Nats. */
    @Loss(hessian = Hessian.DIAGONAL)
    static float softMargin(@Prediction float s, @Target(min = -1, max = 1) float y) {
        return softplus(-signed(y) * s);
    }

    /**
     * For a distance d of two things: d if they belong together (y = 1), {@code max(0, margin − d)} if not (y = −1 or
     * 0).
     */
    @Loss
    static float hingeEmbedding(
            @Prediction float d, @Target(min = -1, max = 1) float y, @Param(defaultValue = 1, min = 0) float margin) {
        return y > 0f ? d : max(0f, margin - d);
    }

    private static float signed(float y) {
        return y == 0f ? -1f : y;
    }
}
