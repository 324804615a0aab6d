package dev.lossforge.processor.rewrite;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.ExprNodes;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.Role;
import dev.lossforge.processor.ir.Scope;
import dev.lossforge.processor.ir.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells the calls of a formula apart by the value of a hyperparameter for which a power needs no logarithm: the focal
 * loss with γ = 2. A general power takes some ninety operations of a vector, a square one.
 */
final class ChosenExponents {
    /** Values of exponents that people choose, all of them products and roots. */
    private static final List<Float> CHOSEN = List.of(0f, 0.5f, 1f, 1.5f, 2f, 3f, 4f);

    private ChosenExponents() {}

    /** The cases within one; none if no hyperparameter is all that varies in an exponent. */
    static List<CallCase> of(CallCase all) {
        return exponent(all.formula())
                .map(load -> CHOSEN.stream()
                        .filter(value -> value >= load.input().min()
                                && value <= load.input().max()
                                && !dividesByZero(all.formula(), load, value))
                        .map(value -> fixed(all, load, value))
                        .toList())
                .orElse(List.of());
    }

    /** Whether a quotient has a limit at best, which the rules know of the hyperparameter, not of its value. */
    private static boolean dividesByZero(Formula formula, Expr exponent, float value) {
        return ExprNodes.anyMatch(
                formula.value(),
                node -> node instanceof Expr.Binary b
                        && b.op() == BinaryOp.DIVIDE
                        && b.type() == Type.FLOAT
                        && Monomial.of(b.right()).powers().stream()
                                .map(factor -> GeneralPowers.Linear.of(factor.value(), exponent))
                                .anyMatch(linear -> linear != null && !linear.isConstant() && linear.at(value) == 0));
    }

    /** The first hyperparameter that is the only variable of an exponent, and no output itself. */
    private static Optional<Expr.Load> exponent(Formula formula) {
        return ExprNodes.of(formula.value()).stream()
                .filter(node -> node instanceof Expr.Binary b && b.op() == BinaryOp.POW)
                .filter(power -> isOfEveryElement(power, formula))
                .map(node -> variables(((Expr.Binary) node).right()))
                .filter(variables -> variables.size() == 1
                        && variables.getFirst() instanceof Expr.Load load
                        && isNumber(load.input()))
                .map(variables -> (Expr.Load) variables.getFirst())
                .findFirst();
    }

    /** Whether a power is taken as often as elements are read. One for a whole row is not worth bodies of its own. */
    private static boolean isOfEveryElement(Expr power, Formula formula) {
        return formula.scope() == Scope.ELEMENT
                || !formula.exprs().freeIndices(power).isEmpty();
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

    private static CallCase fixed(CallCase all, Expr.Load exponent, float value) {
        Formula formula = all.formula();
        Exprs exprs = formula.exprs();
        Expr number = exprs.constant(value);
        Expr asked = exprs.compare(Comparison.EQUAL, exponent, number);
        return new CallCase(
                CallCase.both(exprs, all.condition(), asked),
                formula.withoutParts(Replacement.of(exprs, formula.value(), Map.of(exponent, number))));
    }
}
