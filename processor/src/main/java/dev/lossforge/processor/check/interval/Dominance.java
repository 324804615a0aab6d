package dev.lossforge.processor.check.interval;

import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.ReduceOp;
import java.util.Iterator;
import java.util.function.Function;

/**
 * Proves by their form that one value is never less than another, where their intervals overlap: {@code Σ x ≥ Σ x·y}
 * for x ≥ 0 and y in [0, 1], {@code max x ≥ x[k]}, {@code logΣexp x ≥ x[k]}.
 */
final class Dominance {

    private static final Interval NOT_NEGATIVE =
            Interval.of(0, Double.POSITIVE_INFINITY).union(Interval.point(Double.POSITIVE_INFINITY));
    private static final Interval UNIT = Interval.of(0, 1);

    /** Forms are compared no deeper than this: textbooks have no deeper ones. */
    private static final int DEPTH = 6;

    private final Exprs exprs;
    private final Function<Expr, Interval> intervals;

    Dominance(Exprs exprs, Function<Expr, Interval> intervals) {
        this.exprs = exprs;
        this.intervals = intervals;
    }

    boolean isNeverLess(Expr x, Expr y) {
        return isNeverLess(x, y, DEPTH);
    }

    private boolean isNeverLess(Expr x, Expr y, int depth) {
        return depth > 0
                && (isSame(x, y)
                        || Instances.isBoundOf(exprs, x, y)
                        || Instances.isLeastOf(exprs, y, x)
                        || isSumWith(x, y, depth)
                        || isPartOf(x, y, depth)
                        || areSums(x, y, depth));
    }

    /** {@code a + b ≥ y} for {@code a ≥ y, b ≥ 0}, and {@code max(a, b) ≥ y} for {@code a ≥ y}. */
    private boolean isSumWith(Expr x, Expr y, int depth) {
        return x instanceof Expr.Binary b
                && switch (b.op()) {
                    case ADD ->
                        isNotNegative(b.right()) && isNeverLess(b.left(), y, depth - 1)
                                || isNotNegative(b.left()) && isNeverLess(b.right(), y, depth - 1);
                    case MAX -> isNeverLess(b.left(), y, depth - 1) || isNeverLess(b.right(), y, depth - 1);
                    default -> false;
                };
    }

    /** {@code x ≥ a·b} for {@code x ≥ a ≥ 0} and b in [0, 1], and {@code x ≥ min(a, b)} for {@code x ≥ a}. */
    private boolean isPartOf(Expr x, Expr y, int depth) {
        return y instanceof Expr.Binary b
                && switch (b.op()) {
                    case MULTIPLY -> isShare(x, b.left(), b.right(), depth) || isShare(x, b.right(), b.left(), depth);
                    case MIN -> isNeverLess(x, b.left(), depth - 1) || isNeverLess(x, b.right(), depth - 1);
                    default -> false;
                };
    }

    private boolean isShare(Expr x, Expr whole, Expr share, int depth) {
        return isNotNegative(whole) && intervals.apply(share).isWithin(UNIT) && isNeverLess(x, whole, depth - 1);
    }

    private boolean areSums(Expr x, Expr y, int depth) {
        return x instanceof Expr.Reduce a
                && y instanceof Expr.Reduce b
                && a.op() == b.op()
                && (a.op() == ReduceOp.SUM || a.op() == ReduceOp.MAX || a.op() == ReduceOp.MIN)
                && runTogether(a, b)
                && isNeverLess(a.body(), b.body(), depth - 1);
    }

    /** Whether two indices run over the same range: over arrays that one of the bodies indexes by the same. */
    private static boolean runTogether(Expr.Reduce a, Expr.Reduce b) {
        return a.index() == b.index()
                || a.index().number() == b.index().number()
                        && (loads(b.body(), a.index().extent(), b.index(), DEPTH)
                                || loads(a.body(), b.index().extent(), a.index(), DEPTH));
    }

    private static boolean loads(Expr node, Expr extent, Expr.Index index, int depth) {
        return depth > 0
                && (node instanceof Expr.Load load
                                && extent instanceof Expr.Extent e
                                && e.input().equals(load.input())
                                && load.indices().get(e.axis()) == index
                        || Exprs.operands(node).stream().anyMatch(o -> loads(o, extent, index, depth - 1)));
    }

    /** Equal but for the arrays whose length gives the range of an index. */
    private static boolean isSame(Expr x, Expr y) {
        return x == y
                || x instanceof Expr.Index a && y instanceof Expr.Index b && a.number() == b.number()
                || x instanceof Expr.Load a
                        && y instanceof Expr.Load b
                        && a.input().equals(b.input())
                        && areSame(a, b);
    }

    private static boolean areSame(Expr.Load a, Expr.Load b) {
        Iterator<Expr> indices = b.indices().iterator();
        return a.indices().stream().allMatch(i -> isSame(i, indices.next()));
    }

    private boolean isNotNegative(Expr node) {
        return intervals.apply(node).isWithin(NOT_NEGATIVE);
    }
}
