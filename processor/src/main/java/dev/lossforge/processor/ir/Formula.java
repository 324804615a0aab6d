package dev.lossforge.processor.ir;

import java.util.ArrayList;
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
 * @param diagonalHessian whether the diagonal second derivative is requested
 * @param value the returned expression; no free indices
 * @param written the returned expression as read. It determines what is required of the inputs, whatever later stages
 *     remove
 * @param parts the parts reported next to the value, in order of reading
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
        Expr written,
        List<Part> parts,
        SourceMap positions) {

    public Formula {
        parts = List.copyOf(parts);
    }

    /** A formula as read. */
    public Formula(
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
            List<Part> parts,
            SourceMap positions) {
        this(
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
                value,
                value,
                parts,
                positions);
    }

    /** The two kinds of formula method. */
    public enum Kind {
        LOSS,
        REGULARIZER
    }

    /** The same formula with another, equivalent expression. */
    public Formula withValue(Expr newValue) {
        return with(newValue, positions);
    }

    /** The same formula with another, equivalent expression and its positions. */
    public Formula with(Expr newValue, SourceMap newPositions) {
        return with(newValue, written, parts, newPositions, diagonalHessian);
    }

    /** The formula whose value is a part. */
    public Formula ofPart(Part part) {
        Expr reported = part.value(exprs);
        return with(reported, reported, List.of(), positions, false);
    }

    /** The same formula with another expression, and without marks of parts. */
    public Formula withoutParts(Expr newValue) {
        return with(newValue, written, List.of(), positions, diagonalHessian);
    }

    private Formula with(Expr newValue, Expr newWritten, List<Part> newParts, SourceMap newPositions, boolean hessian) {
        return new Formula(
                kind,
                packageName,
                declaringClass,
                methodName,
                className,
                source,
                scope,
                inputs,
                hessian,
                exprs,
                newValue,
                newWritten,
                newParts,
                newPositions);
    }

    /** Everything that is computed: the value, the parts, and their conditions. */
    public List<Expr> roots() {
        List<Expr> roots = new ArrayList<>(List.of(value));
        for (Part part : parts) {
            roots.add(part.marked());
            part.guards().forEach(guard -> roots.add(guard.condition()));
        }
        return roots;
    }
}
