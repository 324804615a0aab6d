package dev.lossforge.processor.rewrite;

import static dev.lossforge.processor.rewrite.Patterns.binary;
import static dev.lossforge.processor.rewrite.Rule.Assumption.REASSOCIATES;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.ReduceOp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rules that split log-sum-exp into the greatest value and the excess over it, and subtract the greatest value first.
 * In float32 the softmax {@code e^(x − logΣexp)} of logits near 1000 has a relative error of 3e-5, and of logits near
 * 1e9 it is 1 or 0; {@code e^((x − max) − excess)} is right.
 */
final class LogSumExpRules {

    static final List<Rule> ALL = List.of(
            new Rule("split-log-sum-exp", "logΣexp x", "max x + excess x", REASSOCIATES, LogSumExpRules::split),
            new Rule(
                    "log-sum-exps-apart",
                    "(max x + excess x) − (max y + excess y)",
                    "(max x − max y) + (excess x − excess y)",
                    REASSOCIATES,
                    LogSumExpRules::apart),
            new Rule(
                    "minus-log-sum-exp",
                    "y − (max x + excess x)",
                    "(y − max x) − excess x",
                    REASSOCIATES,
                    LogSumExpRules::subtract),
            new Rule(
                    "log-sum-exp-minus",
                    "(max x + excess x) − y",
                    "excess x + (max x − y)",
                    REASSOCIATES,
                    LogSumExpRules::subtractFrom));

    private LogSumExpRules() {}

    private static @Nullable Expr split(Expr node, Exprs e) {
        if (!(node instanceof Expr.Reduce r) || r.op() != ReduceOp.LOG_SUM_EXP) {
            return null;
        }
        return e.binary(
                BinaryOp.ADD,
                e.reduce(ReduceOp.MAX, r.index(), r.body()),
                e.reduce(ReduceOp.LOG_SUM_EXP_EXCESS, r.index(), r.body()));
    }

    /** Of equal sums nothing is left; the sum of a greatest value and its excess would be rounded on one side only. */
    private static @Nullable Expr apart(Expr node, Exprs e) {
        Expr.Binary difference = binary(BinaryOp.SUBTRACT, node);
        Expr.Binary x = difference == null ? null : splitSum(difference.left());
        Expr.Binary y = difference == null ? null : splitSum(difference.right());
        return x == null || y == null
                ? null
                : e.binary(
                        BinaryOp.ADD,
                        e.binary(BinaryOp.SUBTRACT, x.left(), y.left()),
                        e.binary(BinaryOp.SUBTRACT, x.right(), y.right()));
    }

    private static @Nullable Expr subtract(Expr node, Exprs e) {
        Expr.Binary difference = binary(BinaryOp.SUBTRACT, node);
        Expr.Binary total = difference == null ? null : splitSum(difference.right());
        if (difference == null || total == null) {
            return null;
        }
        Expr shifted = e.binary(BinaryOp.SUBTRACT, difference.left(), total.left());
        return e.binary(BinaryOp.SUBTRACT, shifted, total.right());
    }

    private static @Nullable Expr subtractFrom(Expr node, Exprs e) {
        Expr.Binary difference = binary(BinaryOp.SUBTRACT, node);
        Expr.Binary total = difference == null ? null : splitSum(difference.left());
        if (difference == null || total == null) {
            return null;
        }
        Expr shifted = e.binary(BinaryOp.SUBTRACT, total.left(), difference.right());
        return e.binary(BinaryOp.ADD, total.right(), shifted);
    }

    /** The sum that {@link #split} makes. */
    private static Expr.@Nullable Binary splitSum(Expr node) {
        Expr.Binary sum = binary(BinaryOp.ADD, node);
        return sum != null
                        && sum.left() instanceof Expr.Reduce max
                        && sum.right() instanceof Expr.Reduce excess
                        && max.op() == ReduceOp.MAX
                        && excess.op() == ReduceOp.LOG_SUM_EXP_EXCESS
                        && max.body() == excess.body()
                ? sum
                : null;
    }
}
