package dev.lossforge.runtime.tornadovm.internal.plan;

/** Which derivatives of a loss are computed. */
public enum Derivatives {
    NONE,
    GRADIENT,
    /** The gradient and, if the loss has it, the diagonal of the Hessian. */
    HESSIAN;

    /** The derivatives that a training or an evaluation needs. */
    public static Derivatives of(boolean training) {
        return training ? GRADIENT : NONE;
    }
}
