package dev.lossforge.runtime.layer;

/** The function a {@link Conv2D} or {@link Dense} layer applies to its result. */
public enum Activation {
    /** The result as it is. */
    LINEAR,
    /** {@code max(x, 0)}; the derivative at 0 is 0, and NaN stays NaN. */
    RELU,
    /** {@code exp(x) / sum(exp(x))} over the last axis, computed after subtracting the greatest x. */
    SOFTMAX
}
