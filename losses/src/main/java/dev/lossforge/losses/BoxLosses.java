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
 * Losses of object detectors: of boxes, rows {@code [x₁, y₁, x₂, y₂]} with x₁ ≤ x₂ and y₁ ≤ y₂ in any unit, and of the
 * scores that go with them.
 */
public final class BoxLosses {

    private BoxLosses() {}

    /**
     * {@code 1 − I/U + (C − U)/C}: I and U the areas of intersection and union of both boxes, C that of the least box
     * around both. Boxes that do not meet are drawn together too. Between 0 and 2. Half the gradient each where edges
     * coincide.
     *
     * <p>H. Rezatofighi et al., "Generalized Intersection over Union", CVPR 2019, algorithm 1.
     *
     * @param p {@code [4]}
     * @param eps the least area that is divided by
     */
    @Loss
    static float generalizedIou(
            @Prediction float[] p, @Target float[] y, @Param(defaultValue = 1e-7, min = Float.MIN_NORMAL) float eps) {
        float union = union(p, y);
        float hull = max(0f, max(p[2], y[2]) - min(p[0], y[0])) * max(0f, max(p[3], y[3]) - min(p[1], y[1]));
        return 1f - shared(p, y) / max(union, eps) + (hull - union) / max(hull, eps);
    }

    /**
     * {@code 1 − I/U + d²/c²}: d the distance of the centres, c the diagonal of the least box around both. Faster than
     * {@link #generalizedIou} where one box lies in the other.
     *
     * <p>Z. Zheng et al., "Distance-IoU Loss: Faster and Better Learning for Bounding Box Regression", AAAI 2020, eq.
     * 7.
     *
     * @param p {@code [4]}
     * @param eps the least area that is divided by
     */
    @Loss
    static float distanceIou(
            @Prediction float[] p, @Target float[] y, @Param(defaultValue = 1e-7, min = Float.MIN_NORMAL) float eps) {
        return 1f - shared(p, y) / max(union(p, y), eps) + distance(p, y, eps);
    }

    /**
     * {@link #distanceIou} {@code + α v} with {@code v = 4/π² (atan(w/h) − atan(w′/h′))²} of the widths and heights and
     * {@code α = v / (1 − I/U + v)}: the shape counts too.
     *
     * <p>Z. Zheng et al., "Distance-IoU Loss: Faster and Better Learning for Bounding Box Regression", AAAI 2020, eq. 8
     * to 11.
     *
     * @param p {@code [4]}
     * @param eps the least area that is divided by
     * @param detach 1 takes α for a constant, as the authors and torchvision do; 0 differentiates it too
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
     * For a box's score on logits, y its overlap with the truth: {@code y} times the cross-entropy for y &gt; 0,
     * {@code −α σ(z)^γ log(1 − σ(z))} for y = 0: background that is easy counts little, good boxes count most. Nats,
     * per element.
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
     * y of an edge as a distribution over the steps 0, 1, 2 …, of which the two next to y shall be likely. Nats.
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
