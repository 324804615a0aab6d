package dev.lossforge.processor.check.interval;

import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.ReduceOp;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Recognises {@code x[k]} beside {@code max x} and {@code logΣexp x}, neither of which is less. */
final class Instances {

    private final Exprs exprs;
    private final Expr.Reduce reduction;
    private @Nullable Expr position;

    private Instances(Exprs exprs, Expr.Reduce reduction) {
        this.exprs = exprs;
        this.reduction = reduction;
    }

    /** Whether the node is a bound of the other: a maximum or a log-sum-exp of values of which the other is one. */
    static boolean isBoundOf(Exprs exprs, Expr bound, Expr node) {
        return bound instanceof Expr.Reduce r
                && (r.op() == ReduceOp.MAX || r.op() == ReduceOp.LOG_SUM_EXP)
                && isInstance(exprs, r, node);
    }

    /** Whether the node is the least of values of which the other is one. */
    static boolean isLeastOf(Exprs exprs, Expr min, Expr node) {
        return min instanceof Expr.Reduce r && r.op() == ReduceOp.MIN && isInstance(exprs, r, node);
    }

    private static boolean isInstance(Exprs exprs, Expr.Reduce reduction, Expr node) {
        Instances matching = new Instances(exprs, reduction);
        return matching.matches(reduction.body(), node) && matching.isInRange();
    }

    /** A position is in range if it runs over the same extent, or if the array that it indexes has that extent. */
    private boolean isInRange() {
        return position == null
                || position instanceof Expr.Index i
                        && i.extent() == reduction.index().extent()
                || isGuardedByLoad(reduction.body());
    }

    private boolean isGuardedByLoad(Expr pattern) {
        boolean guarded = pattern instanceof Expr.Load load
                && reduction.index().extent() instanceof Expr.Extent extent
                && extent.input().equals(load.input())
                && load.indices().get(extent.axis()) == reduction.index();
        return guarded
                || isUnconditional(pattern) && Exprs.operands(pattern).stream().anyMatch(this::isGuardedByLoad);
    }

    private static boolean isUnconditional(Expr node) {
        return node instanceof Expr.Unary || node instanceof Expr.Binary;
    }

    private boolean matches(Expr pattern, Expr node) {
        if (pattern == reduction.index()) {
            boolean first = position == null;
            position = first ? node : position;
            return first || position == node;
        }
        if (!exprs.freeIndices(pattern).contains(reduction.index())) {
            return pattern == node;
        }
        return sameOperation(pattern, node) && operandsMatch(pattern, node);
    }

    private boolean operandsMatch(Expr pattern, Expr node) {
        Iterator<Expr> operands = Exprs.operands(node).iterator();
        return Exprs.operands(pattern).stream().allMatch(p -> operands.hasNext() && matches(p, operands.next()))
                && !operands.hasNext();
    }

    /** Reductions inside are taken for different: their bound indices may be numbered otherwise. */
    private static boolean sameOperation(Expr pattern, Expr node) {
        return switch (pattern) {
            case Expr.Load p -> node instanceof Expr.Load n && n.input().equals(p.input());
            case Expr.Unary p -> node instanceof Expr.Unary n && n.op() == p.op();
            case Expr.Binary p -> node instanceof Expr.Binary n && n.op() == p.op();
            case Expr.Compare p -> node instanceof Expr.Compare n && n.op() == p.op();
            case Expr.Select p -> node instanceof Expr.Select;
            case Expr.Reduce p -> false;
            case Expr.State p -> node instanceof Expr.State n && n.index() == p.index();
            case Expr.Scan p -> node instanceof Expr.Scan n && n.steps() == p.steps();
            case Expr.Order p -> false;
            case Expr.Index p -> false;
            case Expr.Constant p -> false;
            case Expr.IntConstant p -> false;
            case Expr.BooleanConstant p -> false;
            case Expr.Extent p -> false;
            case Expr.Local p -> false;
        };
    }
}
