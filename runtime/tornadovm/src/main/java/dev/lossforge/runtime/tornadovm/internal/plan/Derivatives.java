package dev.lossforge.runtime.tornadovm.internal.plan;

/** How far a loss is differentiated. */
public enum Derivatives {
    NONE,
    GRADIENT,
    /** The gradient and, where the loss has it, the diagonal of the Hessian. */
    HESSIAN;

    /** What a training needs of a loss, or an evaluation. */
    public static Derivatives of(boolean training) {
        return training ? GRADIENT : NONE;
    }
}
