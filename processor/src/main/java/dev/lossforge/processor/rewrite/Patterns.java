package dev.lossforge.processor.rewrite;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.ExprNodes;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.ReduceOp;
import dev.lossforge.processor.ir.Substitution;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Shapes that rules look for. Each method answers the part that the pattern leaves open, or null. */
final class Patterns {

    private static final int MAX_TERMS = 200;

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

    /** The x of {@code 1 − x}, also where that is a difference of ints, as {@code 1 − label}. */
    static @Nullable Expr complementOf(Expr node, Exprs exprs) {
        Expr.Binary ints = binary(BinaryOp.SUBTRACT, operand(UnaryOp.TO_FLOAT, node));
        return ints != null && ints.left() instanceof Expr.IntConstant one && one.value() == 1
                ? exprs.unary(UnaryOp.TO_FLOAT, ints.right())
                : oneMinus(node);
    }

    /** The x of {@code x − 1} or {@code −1 + x}. */
    static @Nullable Expr minusOne(@Nullable Expr node) {
        Expr.Binary difference = binary(BinaryOp.SUBTRACT, node);
        if (difference != null) {
            return isConstant(difference.right(), 1) ? difference.left() : null;
        }
        Expr.Binary sum = binary(BinaryOp.ADD, node);
        if (sum == null) {
            return null;
        }
        return isConstant(sum.left(), -1) ? sum.right() : isConstant(sum.right(), -1) ? sum.left() : null;
    }

    /** The product {@code ½·x} or the quotient {@code x / 2}. */
    static Expr.@Nullable Binary half(Expr node) {
        Expr.Binary product = binary(BinaryOp.MULTIPLY, node);
        Expr.Binary quotient = binary(BinaryOp.DIVIDE, node);
        return product != null && isConstant(product.left(), 0.5)
                ? product
                : quotient != null && isConstant(quotient.right(), 2) ? quotient : null;
    }

    /** The x of {@code max(x, 0)}. */
    static @Nullable Expr positivePart(Expr node) {
        Expr.Binary max = binary(BinaryOp.MAX, node);
        if (max == null) {
            return null;
        }
        return isConstant(max.left(), 0) ? max.right() : isConstant(max.right(), 0) ? max.left() : null;
    }

    /** Whether a value is a constant, or a number of entries, with which arithmetic overflows no sooner than alone. */
    static boolean isOrdinary(Expr node) {
        return switch (node) {
            case Expr.Constant c -> Math.abs(c.value()) >= 1e-6 && Math.abs(c.value()) <= 1e6;
            case Expr.Unary u -> u.op() == UnaryOp.TO_FLOAT && u.operand() instanceof Expr.Extent;
            default -> false;
        };
    }

    /**
     * The body of a reduction with another index in the place of its own, or null. The other runs over as many entries:
     * over the same extent, or over that of an array which the reduction runs over from end to end, so that the runtime
     * checks the two to be equal.
     */
    static @Nullable Expr bodyOver(Expr.Index index, ReduceOp op, @Nullable Expr node, Exprs exprs) {
        return node instanceof Expr.Reduce r
                        && r.op() == op
                        && (r.index().extent() == index.extent() || runsOverArray(r))
                ? Substitution.of(exprs, r.index(), index).apply(r.body())
                : null;
    }

    private static boolean runsOverArray(Expr.Reduce reduce) {
        return reduce.index().extent() instanceof Expr.Extent extent
                && ExprNodes.anyMatch(
                        reduce.body(),
                        n -> n instanceof Expr.Load load
                                && load.input().equals(extent.input())
                                && load.indices().get(extent.axis()) == reduce.index());
    }

    /** Whether a value depends on what the formula is differentiated by. */
    static boolean isDifferentiated(Expr node) {
        return ExprNodes.anyMatch(
                node, n -> n instanceof Expr.Load load && load.input().differentiated());
    }

    /** Whether a value is one side of a choice, or of a choice on its other side. */
    static boolean isSideOf(Expr choice, Expr node) {
        return choice instanceof Expr.Select s
                && (s.whenTrue() == node || s.whenFalse() == node || isSideOf(s.whenFalse(), node));
    }

    /** What is made of a part, if there is one. */
    static @Nullable Expr map(@Nullable Expr part, Function<Expr, @Nullable Expr> build) {
        return part == null ? null : build.apply(part);
    }

    /** The opposite; the operand itself where the node is a negation. */
    static Expr negated(Expr node, Exprs exprs) {
        Expr inner = operand(UnaryOp.NEGATE, node);
        return inner != null ? inner : exprs.unary(UnaryOp.NEGATE, node);
    }

    /** The operation with its operands exchanged. */
    static Expr swapped(Expr.Binary node, Exprs exprs) {
        Expr first = node.right();
        Expr second = node.left();
        return exprs.binary(node.op(), first, second);
    }

    /**
     * Whether a sum or product has few enough terms to be looked through. Terms are shared, so that there can be
     * exponentially many of them in a short formula.
     */
    static boolean isShort(Expr node) {
        return termsLeft(node, MAX_TERMS) > 0;
    }

    private static int termsLeft(Expr node, int budget) {
        if (budget <= 0) {
            return 0;
        }
        return switch (node) {
            case Expr.Binary b -> termsLeft(b.right(), termsLeft(b.left(), budget - 1));
            case Expr.Select s -> termsLeft(s.whenFalse(), termsLeft(s.whenTrue(), budget - 1));
            case Expr.Reduce r -> termsLeft(r.body(), budget - 1);
            case Expr.Unary u ->
                switch (u.op()) {
                    case NEGATE, SQRT, SQUARE -> termsLeft(u.operand(), budget - 1);
                    default -> budget - 1;
                };
            default -> budget - 1;
        };
    }
}
