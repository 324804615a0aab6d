package dev.lossforge.processor.rewrite;

import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.ExprNodes;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.ir.Role;
import dev.lossforge.processor.ir.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells the calls of a formula apart by the choices in it that only hyperparameters decide. */
final class Branches {
    /** More than this are not told apart: the choice is then left to the lanes. */
    private static final int MAX_BRANCHES = 8;

    private final Formula formula;
    private final Exprs exprs;
    private final List<CallCase> found = new ArrayList<>();

    private Branches(Formula formula) {
        this.formula = formula;
        this.exprs = formula.exprs();
    }

    /** One case or more, the last with the condition {@code true}. */
    static List<CallCase> of(Formula formula) {
        Expr always = formula.exprs().constant(true);
        Branches branches = new Branches(formula);
        branches.split(always, formula.value());
        return branches.found.size() <= MAX_BRANCHES ? branches.found : List.of(new CallCase(always, formula));
    }

    /** A case comes after those that decide one of its conditions the other way, so it need not ask for that again. */
    private void split(Expr path, Expr value) {
        Optional<Expr> condition = found.size() > MAX_BRANCHES ? Optional.empty() : undecided(value);
        if (condition.isEmpty()) {
            found.add(new CallCase(path, formula.withoutParts(value)));
            return;
        }
        Expr asked = condition.get();
        split(
                CallCase.both(exprs, path, asked),
                number(asked)
                        .map(n ->
                                Replacement.of(exprs, value, Map.of(asked, exprs.constant(true), n.left(), n.right())))
                        .orElseGet(() -> Replacement.of(exprs, value, Map.of(asked, exprs.constant(true)))));
        split(path, Replacement.of(exprs, value, Map.of(asked, exprs.constant(false))));
    }

    /**
     * A condition that says which number a hyperparameter is; not 0, of which there are two, and none that is trained.
     */
    private static Optional<Expr.Compare> number(Expr condition) {
        return condition instanceof Expr.Compare c
                        && c.op() == Comparison.EQUAL
                        && c.left() instanceof Expr.Load load
                        && !load.input().differentiated()
                        && c.right() instanceof Expr.Constant number
                        && number.value() != 0
                ? Optional.of(c)
                : Optional.empty();
    }

    /** A condition that is the same in the whole call, of a choice that is not. */
    private static Optional<Expr> undecided(Expr value) {
        return ExprNodes.of(value).stream()
                .filter(node -> node instanceof Expr.Select && !isUniform(node))
                .map(node -> uniform(((Expr.Select) node).condition()))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** The part of a condition that only hyperparameters decide. */
    private static Optional<Expr> uniform(Expr condition) {
        if (isUniform(condition)) {
            return condition instanceof Expr.BooleanConstant ? Optional.empty() : Optional.of(condition);
        }
        return Exprs.operands(condition).stream()
                .filter(operand -> operand.type() == Type.BOOLEAN)
                .map(Branches::uniform)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Whether a value depends on nothing but hyperparameters that are numbers. */
    private static boolean isUniform(Expr root) {
        return !ExprNodes.anyMatch(root, node -> switch (node) {
            case Expr.Load l ->
                l.input().role() != Role.PARAMETER || !l.indices().isEmpty();
            case Expr.Index i -> true;
            case Expr.Extent e -> true;
            case Expr.Local l -> true;
            case Expr.Reduce r -> true;
            case Expr.Order o -> true;
            case Expr.State s -> true;
            case Expr.Scan s -> true;
            case Expr.Constant c -> false;
            case Expr.IntConstant c -> false;
            case Expr.BooleanConstant c -> false;
            case Expr.Unary u -> false;
            case Expr.Binary b -> false;
            case Expr.Compare c -> false;
            case Expr.Select s -> false;
        });
    }
}
