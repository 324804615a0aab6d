package dev.lossforge.processor.ad;

import dev.lossforge.processor.ir.Expr;

/** A derivative is asked for that the language has no function to express. */
public final class NoDerivativeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Expr node;

    NoDerivativeException(Expr node, String function) {
        super("the derivative of " + function + " is not in the formula language");
        this.node = node;
    }

    /** The operation without a derivative. */
    public Expr node() {
        return node;
    }
}
