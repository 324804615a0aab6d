package dev.lossforge.processor.rewrite;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.ReduceOp;
import dev.lossforge.processor.ir.UnaryOp;
import org.jspecify.annotations.Nullable;

/**
 * Takes the terms that are the same for all values out of a log-sum-exp, however deep they stand in the sum.
 * Log-sum-exps of the same values, shifted or not, are then found from the same numbers, and their difference is
 * exactly 0.
 */
final class LogSumExpShift {

    static final Rule RULE = new Rule(
            "log-sum-exp-shift",
            "logΣexp(x − m)",
            "logΣexp x − m",
            Rule.Assumption.REASSOCIATES,
            LogSumExpShift::rewrite);

    private LogSumExpShift() {}

    /** A sum as two: of what depends on an index and of what does not. */
    private record Terms(@Nullable Expr varying, @Nullable Expr fixed) {

        static Terms of(Expr node, Expr.Index index, Exprs e) {
            if (!e.freeIndices(node).contains(index)) {
                return new Terms(null, node);
            }
            if (!(node instanceof Expr.Binary b) || b.op() != BinaryOp.ADD && b.op() != BinaryOp.SUBTRACT) {
                return new Terms(node, null);
            }
            Terms x = of(b.left(), index, e);
            Terms y = of(b.right(), index, e);
            return new Terms(combined(b.op(), x.varying, y.varying, e), combined(b.op(), x.fixed, y.fixed, e));
        }

        private static @Nullable Expr combined(BinaryOp op, @Nullable Expr x, @Nullable Expr y, Exprs e) {
            if (x == null || y == null) {
                return y == null || op == BinaryOp.ADD ? x == null ? y : x : e.unary(UnaryOp.NEGATE, y);
            }
            return e.binary(op, x, y);
        }
    }

    private static @Nullable Expr rewrite(Expr node, Exprs e) {
        if (!(node instanceof Expr.Reduce r) || r.op() != ReduceOp.LOG_SUM_EXP || !Patterns.isShort(r.body())) {
            return null;
        }
        Terms terms = Terms.of(r.body(), r.index(), e);
        return terms.varying == null || terms.fixed == null
                ? null
                : e.binary(BinaryOp.ADD, e.reduce(ReduceOp.LOG_SUM_EXP, r.index(), terms.varying), terms.fixed);
    }
}
