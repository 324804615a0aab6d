package dev.lossforge.runtime.layer;

/** The function a {@link Conv2D} or {@link Dense} layer applies to its result; NaN stays NaN. */
public enum Activation {
    /** The result as it is. */
    LINEAR,
    /** {@code max(x, 0)}; the derivative at 0 is 0, and NaN stays NaN. */
    RELU,
    /** {@code exp(x) / sum(exp(x))} over the last axis, computed after subtracting the greatest x. */
    SOFTMAX,
    /** {@code (e^x − e^−x) / (e^x + e^−x)}. */
    TANH,
    /** {@code 1 / (1 + e^−x)}. */
    SIGMOID,
    /** {@code x · Φ(x)} with the distribution function Φ of the normal distribution, as PyTorch's default (no tanh). */
    GELU,
    /** {@code x} above 0, else {@code 0.01 · x}; the derivative at 0 is 0.01. */
    LEAKY_RELU,
    /** {@code log(1 + e^x)}. */
    SOFTPLUS
}
