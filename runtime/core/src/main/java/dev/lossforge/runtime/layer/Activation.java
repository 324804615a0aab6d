package dev.lossforge.runtime.layer;

/** The function that a {@link Conv2D} or {@link Dense} layer applies to its result; NaN stays NaN. */
public enum Activation {
    /** The unchanged result. */
    LINEAR,
    /** {@code max(x, 0)}; the derivative at 0 is 0, and NaN stays NaN. */
    RELU,
    /** {@code exp(x) / sum(exp(x))} over the last axis, computed after subtracting the largest x. */
    SOFTMAX,
    /** {@code (e^x − e^−x) / (e^x + e^−x)}. */
    TANH,
    /** {@code 1 / (1 + e^−x)}. */
    SIGMOID,
    /** {@code x · Φ(x)} with the distribution function Φ of the normal distribution, as PyTorch's default (no tanh). */
    GELU,
    /** {@code x} above 0, otherwise {@code 0.01 · x}; the derivative at 0 is 0.01. */
    LEAKY_RELU,
    /** {@code log(1 + e^x)}. */
    SOFTPLUS
}
