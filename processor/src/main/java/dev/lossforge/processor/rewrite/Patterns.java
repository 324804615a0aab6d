package dev.lossforge.processor.rewrite;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.ReduceOp;
import dev.lossforge.processor.ir.UnaryOp;
import org.jspecify.annotations.Nullable;

/** Shapes that rules look for. Each method answers the part that the pattern leaves open, or null. */
final class Patterns {

    private Patterns() {}

    /** The x of {@code op(x)}. */
    static @Nullable Expr operand(UnaryOp op, @Nullable Expr node) {
        return node instanceof Expr.Unary u && u.op() == op ? u.operand() : null;
    }

    static Expr.@Nullable Binary binary(BinaryOp op, @Nullable Expr node) {
        return node instanceof Expr.Binary b && b.op() == op ? b : null;
    }

    static boolean isConstant(@Nullable Expr node, double value) {
        return node instanceof Expr.Constant c && c.value() == value;
    }

    /** The x of {@code 1 + x} or {@code x + 1}. */
    static @Nullable Expr onePlus(@Nullable Expr node) {
        Expr.Binary sum = binary(BinaryOp.ADD, node);
        if (sum == null) {
            return null;
        }
        return isConstant(sum.left(), 1) ? sum.right() : isConstant(sum.right(), 1) ? sum.left() : null;
    }

    /** The x of {@code 1 − x}. */
    static @Nullable Expr oneMinus(@Nullable Expr node) {
        Expr.Binary difference = binary(BinaryOp.SUBTRACT, node);
        return difference != null && isConstant(difference.left(), 1) ? difference.right() : null;
    }

    /** The reduction {@code log Σ b} made of {@code Σ exp b}. */
    static @Nullable Expr logOfSumOfExp(@Nullable Expr node, Exprs exprs) {
        if (node instanceof Expr.Reduce r && r.op() == ReduceOp.SUM) {
            Expr exponent = operand(UnaryOp.EXP, r.body());
            return exponent == null ? null : exprs.reduce(ReduceOp.LOG_SUM_EXP, r.index(), exponent);
        }
        return null;
    }

    /** The opposite; the operand itself where the node is a negation. */
    static Expr negated(Expr node, Exprs exprs) {
        Expr inner = operand(UnaryOp.NEGATE, node);
        return inner != null ? inner : exprs.unary(UnaryOp.NEGATE, node);
    }
}
