package dev.lossforge.processor.check.interval;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.ReduceOp;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.function.Function;

/** Quotients of which more is known than of any two numbers. */
final class Quotients {
    private Quotients() {}

    /** Of numbers that are not negative {@code a / (a + b)} is in [0, 1], and {@code (a − b) / (a + b)} in [−1, 1]. */
    static Interval share(Expr.Binary node, Interval quotient, Function<Expr, Interval> intervals) {
        if (!(node.right() instanceof Expr.Binary sum)
                || sum.op() != BinaryOp.ADD
                || !intervals.apply(sum.left()).isWithin(Interval.NOT_NEGATIVE)
                || !intervals.apply(sum.right()).isWithin(Interval.NOT_NEGATIVE)) {
            return quotient;
        }
        if (node.left() == sum.left() || node.left() == sum.right()) {
            return quotient.intersect(Interval.of(0, 1));
        }
        boolean ofDifference = node.left() instanceof Expr.Binary difference
                && difference.op() == BinaryOp.SUBTRACT
                && (difference.left() == sum.left() && difference.right() == sum.right()
                        || difference.left() == sum.right() && difference.right() == sum.left());
        return ofDifference ? quotient.intersect(Interval.of(-1, 1)) : quotient;
    }

    /** Whether a quotient is a sum over a range, divided by the length of the range. */
    static boolean isMean(Expr.Binary node) {
        return node.op() == BinaryOp.DIVIDE
                && node.left() instanceof Expr.Reduce r
                && r.op() == ReduceOp.SUM
                && node.right() instanceof Expr.Unary u
                && u.op() == UnaryOp.TO_FLOAT
                && u.operand() == r.index().extent();
    }
}
