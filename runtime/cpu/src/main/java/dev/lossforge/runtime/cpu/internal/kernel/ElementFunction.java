package dev.lossforge.runtime.cpu.internal.kernel;

/**
 * Functions of each value whose slopes are computed from the inputs; see
 * {@link dev.lossforge.runtime.layer.Activation}.
 */
public enum ElementFunction {
    GELU,
    LEAKY_RELU,
    SOFTPLUS;

    /** The slope of {@link #LEAKY_RELU} below 0. */
    static final float LEAK = 0.01f;
}
