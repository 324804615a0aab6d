package dev.lossforge.processor.rewrite;

import static dev.lossforge.processor.rewrite.Patterns.binary;
import static dev.lossforge.processor.rewrite.Patterns.isConstant;
import static dev.lossforge.processor.rewrite.Rule.Assumption.EXACT;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.ReferenceMath;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rules that compute what is known when the formula is compiled, and drop neutral operands. A constant that would be
 * NaN stays an operation.
 */
final class ConstantRules {

    static final List<Rule> ALL = List.of(
            new Rule("constant", "f(constants)", "constant", EXACT, ConstantRules::foldConstants),
            new Rule("condition", "true ? x : y", "x", EXACT, ConstantRules::foldCondition),
            new Rule(
                    "same-operands",
                    "x ∧ x, x ∨ x, x < x, x − x",
                    "x, x, false, 0·x",
                    EXACT,
                    ConstantRules::sameOperands),
            new Rule("plus-zero", "x ± 0", "x", EXACT, ConstantRules::plusZero),
            new Rule("offset", "(i − m) + n of ints", "i + (n − m)", EXACT, ConstantRules::offset),
            new Rule("complement-twice", "c − (c − x), c + (x − c)", "x", EXACT, ConstantRules::complementTwice),
            new Rule("times-one", "x·1, x / 1, x·(−1)", "±x", EXACT, ConstantRules::timesOne));

    private ConstantRules() {}

    private static @Nullable Expr foldConstants(Expr node, Exprs e) {
        Expr folded = constantOf(node, e);
        return folded instanceof Expr.Constant c && Double.isNaN(c.value()) ? null : folded;
    }

    private static @Nullable Expr constantOf(Expr node, Exprs e) {
        return switch (node) {
            case Expr.Unary u
            when u.operand() instanceof Expr.Constant c && u.type() == Type.FLOAT ->
                e.constant(ReferenceMath.apply(u.op(), c.value()));
            case Expr.Unary u
            when u.operand() instanceof Expr.IntConstant c && u.op() == UnaryOp.TO_FLOAT ->
                e.constant((double) c.value());
            case Expr.Unary u when u.operand() instanceof Expr.BooleanConstant c -> e.constant(!c.value());
            case Expr.Binary b
            when b.left() instanceof Expr.Constant x && b.right() instanceof Expr.Constant y ->
                e.constant(ReferenceMath.apply(b.op(), Type.FLOAT, x.value(), y.value()));
            case Expr.Binary b
            when b.left() instanceof Expr.IntConstant x && b.right() instanceof Expr.IntConstant y ->
                foldIntegers(b.op(), x.value(), y.value(), e);
            case Expr.Compare c
            when c.left() instanceof Expr.IntConstant x && c.right() instanceof Expr.IntConstant y ->
                e.constant(holds(c.op(), x.value(), y.value()));
            case Expr.Compare c
            when c.left() instanceof Expr.Constant x && c.right() instanceof Expr.Constant y ->
                compared(c.op(), x.value(), y.value(), e);
            default -> null;
        };
    }

    /** Kernels compare floats and the formula's meaning doubles: what these see differently stands. */
    private static @Nullable Expr compared(Comparison op, double x, double y, Exprs e) {
        boolean holds = holds(op, x, y);
        return holds == holds(op, (float) x, (float) y) ? e.constant(holds) : null;
    }

    private static boolean holds(Comparison op, double x, double y) {
        return switch (op) {
            case LESS -> x < y;
            case LESS_OR_EQUAL -> x <= y;
            case GREATER -> x > y;
            case GREATER_OR_EQUAL -> x >= y;
            case EQUAL -> x == y;
            case NOT_EQUAL -> x != y;
        };
    }

    private static @Nullable Expr foldIntegers(BinaryOp op, int x, int y, Exprs e) {
        return switch (op) {
            case ADD -> e.constant(x + y);
            case SUBTRACT -> e.constant(x - y);
            case MULTIPLY -> e.constant(x * y);
            default -> null;
        };
    }

    /** Two offsets of an index are one: {@code (i − 1) + 1} is i. */
    private static @Nullable Expr offset(Expr node, Exprs e) {
        Integer outer = offsetOf(node);
        Integer inner = outer == null ? null : offsetOf(((Expr.Binary) node).left());
        if (outer == null || inner == null) {
            return null;
        }
        Expr index = ((Expr.Binary) ((Expr.Binary) node).left()).left();
        int sum = inner + outer;
        BinaryOp op = sum < 0 ? BinaryOp.SUBTRACT : BinaryOp.ADD;
        return sum == 0 ? index : e.binary(op, index, e.constant(Math.abs(sum)));
    }

    /** What is left of what is left, {@code 1 − (1 − x)}, is x, also of an x that a difference from 1 loses. */
    private static @Nullable Expr complementTwice(Expr node, Exprs e) {
        Expr.Binary difference = binary(BinaryOp.SUBTRACT, node);
        if (difference != null) {
            Expr.Binary inner = binary(BinaryOp.SUBTRACT, difference.right());
            return inner != null && isSameNumber(difference.left(), inner.left()) ? inner.right() : null;
        }
        Expr.Binary sum = binary(BinaryOp.ADD, node);
        if (sum == null) {
            return null;
        }
        Expr left = withoutOffset(sum.left(), sum.right());
        return left != null ? left : withoutOffset(sum.right(), sum.left());
    }

    /** The x of {@code x − c}, or null. */
    private static @Nullable Expr withoutOffset(Expr node, Expr constant) {
        Expr.Binary difference = binary(BinaryOp.SUBTRACT, node);
        return difference != null && isSameNumber(difference.right(), constant) ? difference.left() : null;
    }

    private static boolean isSameNumber(Expr x, Expr y) {
        return x == y && x instanceof Expr.Constant c && Double.isFinite(c.value());
    }

    private static @Nullable Integer offsetOf(Expr node) {
        if (node.type() == Type.INT
                && node instanceof Expr.Binary b
                && (b.op() == BinaryOp.ADD || b.op() == BinaryOp.SUBTRACT)
                && b.right() instanceof Expr.IntConstant c) {
            return b.op() == BinaryOp.ADD ? c.value() : -c.value();
        }
        return null;
    }

    private static @Nullable Expr foldCondition(Expr node, Exprs e) {
        if (node instanceof Expr.Select s) {
            if (s.whenTrue() == s.whenFalse()) {
                return s.whenTrue();
            }
            return s.condition() instanceof Expr.BooleanConstant c ? c.value() ? s.whenTrue() : s.whenFalse() : null;
        }
        return node instanceof Expr.Binary b && b.type() == Type.BOOLEAN ? foldLogic(b) : null;
    }

    private static @Nullable Expr foldLogic(Expr.Binary node) {
        boolean neutral = node.op() == BinaryOp.AND;
        if (node.left() instanceof Expr.BooleanConstant c) {
            return c.value() == neutral ? node.right() : c;
        }
        if (node.right() instanceof Expr.BooleanConstant c) {
            return c.value() == neutral ? node.left() : c;
        }
        return null;
    }

    /**
     * {@code x − x} is NaN where x is infinite, as {@code 0·x} is. What is left of them no compiler has to wonder at.
     */
    private static @Nullable Expr sameOperands(Expr node, Exprs e) {
        return switch (node) {
            case Expr.Binary b when b.left() == b.right() && b.type() == Type.BOOLEAN -> b.left();
            case Expr.Binary b
            when b.left() == b.right() && b.op() == BinaryOp.SUBTRACT && b.type() == Type.FLOAT ->
                e.binary(BinaryOp.MULTIPLY, e.constant(0.0), b.left());
            case Expr.Compare c when c.left() == c.right() && isStrict(c.op()) -> e.constant(false);
            default -> null;
        };
    }

    private static boolean isStrict(Comparison op) {
        return op == Comparison.LESS || op == Comparison.GREATER;
    }

    private static @Nullable Expr plusZero(Expr node, Exprs e) {
        Expr.Binary sum = binary(BinaryOp.ADD, node);
        if (sum != null) {
            return isZero(sum.left()) ? sum.right() : isZero(sum.right()) ? sum.left() : null;
        }
        Expr.Binary difference = binary(BinaryOp.SUBTRACT, node);
        if (difference == null) {
            return null;
        }
        return isZero(difference.right())
                ? difference.left()
                : isZero(difference.left()) ? e.unary(UnaryOp.NEGATE, difference.right()) : null;
    }

    private static boolean isZero(Expr node) {
        return isConstant(node, 0) || node instanceof Expr.IntConstant c && c.value() == 0;
    }

    private static @Nullable Expr timesOne(Expr node, Exprs e) {
        if (!(node instanceof Expr.Binary b) || b.type() != Type.FLOAT) {
            return null;
        }
        boolean product = b.op() == BinaryOp.MULTIPLY;
        if (product || b.op() == BinaryOp.DIVIDE) {
            return product && isConstant(b.left(), 1)
                    ? b.right()
                    : isConstant(b.right(), 1)
                            ? b.left()
                            : product && isConstant(b.left(), -1)
                                    ? e.unary(UnaryOp.NEGATE, b.right())
                                    : isConstant(b.right(), -1) ? e.unary(UnaryOp.NEGATE, b.left()) : null;
        }
        return null;
    }
}
