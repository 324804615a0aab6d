package dev.lossforge.processor.rewrite;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.ExprNodes;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.Rebuild;
import dev.lossforge.processor.ir.Role;
import dev.lossforge.processor.ir.Type;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A formula at a value of its hyperparameter for which a power needs no logarithm: the focal loss with γ = 2. A general
 * power takes some ninety operations of a vector, a square one. Which case a call has is known when it begins.
 *
 * @param exponent the hyperparameter
 * @param formula the formula with the number in place of the hyperparameter
 */
public record ExponentCase(Input exponent, float value, Formula formula) {
    /** Values of exponents that people choose, all of them products and roots. */
    private static final List<Float> CHOSEN = List.of(0f, 0.5f, 1f, 1.5f, 2f, 3f, 4f);

    /** Of a formula with more distinct operations than this, one body is large enough. */
    private static final int MOST_OPERATIONS = 200;

    /** The cases of a formula; none if it is long, or if no hyperparameter is all that varies in an exponent. */
    public static List<ExponentCase> of(Formula formula) {
        List<Expr> operations = ExprNodes.of(formula.value());
        return operations.size() > MOST_OPERATIONS
                ? List.of()
                : exponent(operations)
                        .map(load -> CHOSEN.stream()
                                .filter(value -> value >= load.input().min()
                                        && value <= load.input().max())
                                .map(value -> new ExponentCase(load.input(), value, fixed(formula, load, value)))
                                .toList())
                        .orElse(List.of());
    }

    /** The first hyperparameter that is the only variable of an exponent, and no output itself. */
    private static Optional<Expr.Load> exponent(List<Expr> operations) {
        return operations.stream()
                .filter(node -> node instanceof Expr.Binary b && b.op() == BinaryOp.POW)
                .map(node -> variables(((Expr.Binary) node).right()))
                .filter(variables -> variables.size() == 1
                        && variables.getFirst() instanceof Expr.Load load
                        && isNumber(load.input()))
                .map(variables -> (Expr.Load) variables.getFirst())
                .findFirst();
    }

    private static boolean isNumber(Input input) {
        return input.role() == Role.PARAMETER
                && input.rank() == 0
                && input.type() == Type.FLOAT
                && !input.differentiated();
    }

    /** What an expression reads. */
    private static List<Expr> variables(Expr root) {
        return ExprNodes.of(root).stream()
                .filter(n -> n instanceof Expr.Load || n instanceof Expr.Index || n instanceof Expr.Extent)
                .toList();
    }

    private static Formula fixed(Formula formula, Expr.Load exponent, float value) {
        Map<Expr, Expr> done = new IdentityHashMap<>();
        done.put(exponent, formula.exprs().constant(value));
        return formula.withoutParts(fixed(formula.exprs(), formula.value(), done));
    }

    private static Expr fixed(Exprs exprs, Expr node, Map<Expr, Expr> done) {
        Expr known = done.get(node);
        if (known == null) {
            known = Rebuild.with(exprs, node, operand -> fixed(exprs, operand, done));
            done.put(node, known);
        }
        return known;
    }
}
