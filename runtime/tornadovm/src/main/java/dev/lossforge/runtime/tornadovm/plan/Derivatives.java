package dev.lossforge.runtime.tornadovm.plan;

/** How far a loss is differentiated. */
public enum Derivatives {
    NONE,
    GRADIENT,
    /** The gradient and, where the loss has it, the diagonal of the Hessian. */
    HESSIAN
}
