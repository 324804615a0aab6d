package dev.lossforge.processor.ir;

import java.util.List;

/**
 * A formula method as read: its inputs and the expression that it returns.
 *
 * @param kind whether it is a loss or a regulariser
 * @param packageName package of the declaring class and of the generated one; empty for the unnamed package
 * @param declaringClass name of the declaring class as Java source writes it from that package, e.g. {@code MyLosses}
 * @param methodName name of the formula method, e.g. {@code huber}
 * @param className simple name of the generated class, e.g. {@code HuberLoss}
 * @param source the method's text, for the generated Javadoc
 * @param diagonalHessian whether the diagonal second derivative is asked for
 * @param value the returned expression; no free indices
 */
public record Formula(
        Kind kind,
        String packageName,
        String declaringClass,
        String methodName,
        String className,
        String source,
        Scope scope,
        List<Input> inputs,
        boolean diagonalHessian,
        Exprs exprs,
        Expr value,
        SourceMap positions) {

    /** The two kinds of formula method. */
    public enum Kind {
        LOSS,
        REGULARIZER
    }

    /** The same formula with another, equivalent expression. */
    public Formula withValue(Expr newValue) {
        return with(newValue, positions);
    }

    /** The same formula with another, equivalent expression, and where that was written. */
    public Formula with(Expr newValue, SourceMap newPositions) {
        return new Formula(
                kind,
                packageName,
                declaringClass,
                methodName,
                className,
                source,
                scope,
                inputs,
                diagonalHessian,
                exprs,
                newValue,
                newPositions);
    }
}
