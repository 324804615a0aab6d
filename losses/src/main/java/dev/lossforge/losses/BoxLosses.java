package dev.lossforge.losses;

import static dev.lossforge.dsl.Formulas.PI;
import static dev.lossforge.dsl.Formulas.abs;
import static dev.lossforge.dsl.Formulas.atan2;
import static dev.lossforge.dsl.Formulas.logSumExp;
import static dev.lossforge.dsl.Formulas.max;
import static dev.lossforge.dsl.Formulas.min;
import static dev.lossforge.dsl.Formulas.sigmoid;
import static dev.lossforge.dsl.Formulas.softplus;
import static dev.lossforge.dsl.Formulas.square;
import static dev.lossforge.dsl.Formulas.stopGradient;
import static dev.lossforge.dsl.Formulas.sum;

import dev.lossforge.dsl.Hessian;
import dev.lossforge.dsl.Loss;
import dev.lossforge.dsl.Param;
import dev.lossforge.dsl.Prediction;
import dev.lossforge.dsl.Target;

/**
 * Losses of object detectors, for boxes and for their scores. A box is a row {@code [x₁, y₁, x₂, y₂]} with x₁ ≤ x₂ and
 * y₁ ≤ y₂, in any unit.
 */
public final class BoxLosses {

    private BoxLosses() {}

    /**
     * {@code 1 − I/U + (C − U)/C}: I and U are the areas of intersection and union of the two boxes, C is the area of
     * the smallest box around both. Boxes that do not meet are also drawn together. The value is between 0 and 2. Edges
     * that coincide share the gradient equally.
     *
     * <p>H. Rezatofighi et al., "Generalized Intersection over Union", CVPR 2019, algorithm 1.
     *
     * @param p {@code [4]}
     * @param eps the smallest divisor used for an area
     */
    @Loss
    static float generalizedIou(
            @Prediction float[] p, @Target float[] y, @Param(defaultValue = 1e-7, min = Float.MIN_NORMAL) float eps) {
        float union = union(p, y);
        float hull = max(0f, max(p[2], y[2]) - min(p[0], y[0])) * max(0f, max(p[3], y[3]) - min(p[1], y[1]));
        return 1f - shared(p, y) / max(union, eps) + (hull - union) / max(hull, eps);
    }

    /**
     * {@code 1 − I/U + d²/c²}: d is the distance of the centres, c the diagonal of the smallest box around both. It
     * converges faster than {@link #generalizedIou} if one box contains the other.
     *
     * <p>Z. Zheng et al., "Distance-IoU Loss: Faster and Better Learning for Bounding Box Regression", AAAI 2020, eq.
     * 7.
     *
     * @param p {@code [4]}
     * @param eps the smallest divisor used for an area
     */
    @Loss
    static float distanceIou(
            @Prediction float[] p, @Target float[] y, @Param(defaultValue = 1e-7, min = Float.MIN_NORMAL) float eps) {
        return 1f - shared(p, y) / max(union(p, y), eps) + distance(p, y, eps);
    }

    /**
     * {@link #distanceIou} {@code + α v} with {@code v = 4/π² (atan(w/h) − atan(w′/h′))²} of the widths and heights and
     * {@code α = v / (1 − I/U + v)}: the shape also counts.
     *
     * <p>Z. Zheng et al., "Distance-IoU Loss: Faster and Better Learning for Bounding Box Regression", AAAI 2020, eq. 8
     * to 11.
     *
     * @param p {@code [4]}
     * @param eps the smallest divisor used for an area
     * @param detach 1 treats α as a constant, like the authors and torchvision; 0 differentiates it as well
     */
    @Loss
    static float completeIou(
            @Prediction float[] p,
            @Target float[] y,
            @Param(defaultValue = 1e-7, min = Float.MIN_NORMAL) float eps,
            @Param(defaultValue = 1, min = 0, max = 1) int detach) {
        float apart = 1f - shared(p, y) / max(union(p, y), eps);
        float v = square(2f / PI * (slope(p) - slope(y)));
        float alpha = v / max(apart + v, eps);
        return apart + distance(p, y, eps) + (detach == 1 ? stopGradient(alpha) : alpha) * v;
    }

    private static float shared(float[] p, float[] y) {
        float width = max(0f, min(p[2], y[2]) - max(p[0], y[0]));
        return width * max(0f, min(p[3], y[3]) - max(p[1], y[1]));
    }

    private static float union(float[] p, float[] y) {
        return area(p) + area(y) - shared(p, y);
    }

    private static float area(float[] p) {
        return max(0f, p[2] - p[0]) * max(0f, p[3] - p[1]);
    }

    private static float distance(float[] p, float[] y, float eps) {
        float apart = square(0.5f * (p[0] + p[2] - y[0] - y[2])) + square(0.5f * (p[1] + p[3] - y[1] - y[3]));
        float diagonal = square(max(p[2], y[2]) - min(p[0], y[0])) + square(max(p[3], y[3]) - min(p[1], y[1]));
        return apart / max(diagonal, eps);
    }

    /** {@code atan(w/h)}. */
    private static float slope(float[] p) {
        return atan2(p[2] - p[0], p[3] - p[1]);
    }

    /**
     * For the score of a box, a logit, where y is the box's overlap with the truth: {@code y} times the cross-entropy
     * for y &gt; 0, {@code −α σ(z)^γ log(1 − σ(z))} for y = 0. Easy background counts little, good boxes count most.
     * Nats, per element.
     *
     * <p>H. Zhang et al., "VarifocalNet: An IoU-aware Dense Object Detector", CVPR 2021, eq. 2.
     */
    @Loss(hessian = Hessian.DIAGONAL)
    static float varifocal(
            @Prediction float z,
            @Target(min = 0, max = 1) float y,
            @Param(defaultValue = 0.75, min = 0) float alpha,
            @Param(defaultValue = 2, min = 0) float gamma) {
        return y > 0f
                ? y * BinaryLosses.logisticError(z, y)
                : alpha * BinaryLosses.focused(softplus(z), sigmoid(z), gamma);
    }

    /**
     * {@code −(k + 1 − y) log q[k] − (y − k) log q[k + 1]} with {@code q = softmax(z)} and k ≤ y ≤ k + 1: the distance
     * y of an edge is a distribution over the steps 0, 1, 2 …, and the two steps next to y should be likely. Nats.
     *
     * <p>X. Li et al., "Generalized Focal Loss: Learning Qualified and Distributed Bounding Boxes for Dense Object
     * Detection", NeurIPS 2020, eq. 6.
     *
     * @param logits {@code [steps]}
     * @param y between 0 and the last step
     */
    @Loss(hessian = Hessian.DIAGONAL)
    static float distributionFocal(@Prediction float[] logits, @Target(min = 0) float y) {
        float normalizer = logSumExp(logits);
        return sum(logits.length, k -> CrossEntropyLosses.weighted(max(0f, 1f - abs(y - k)), normalizer - logits[k]));
    }
}
