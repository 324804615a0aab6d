package dev.lossforge.processor.rewrite;

import static dev.lossforge.processor.rewrite.Patterns.binary;
import static dev.lossforge.processor.rewrite.Patterns.isConstant;
import static dev.lossforge.processor.rewrite.Patterns.operand;
import static dev.lossforge.processor.rewrite.Rule.Assumption.EXACT;
import static dev.lossforge.processor.rewrite.Rule.Assumption.REASSOCIATES;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.ReduceOp;
import dev.lossforge.processor.ir.ReferenceMath;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rules of arithmetic that hold for infinities and NaN too; {@code x · 0 → 0} is not among them. The sign of a zero is
 * not kept.
 */
final class AlgebraRules {

    static final List<Rule> ALL = List.of(
            new Rule("constant", "f(constants)", "constant", EXACT, AlgebraRules::foldConstants),
            new Rule("condition", "true ? x : y", "x", EXACT, AlgebraRules::foldCondition),
            new Rule(
                    "same-operands",
                    "x ∧ x, x ∨ x, x < x, x − x",
                    "x, x, false, 0·x",
                    EXACT,
                    AlgebraRules::sameOperands),
            new Rule("plus-zero", "x ± 0", "x", EXACT, AlgebraRules::plusZero),
            new Rule("times-one", "x·1, x / 1, x·(−1)", "±x", EXACT, AlgebraRules::timesOne),
            new Rule("negation", "−(−x), −(x − y)", "x, y − x", EXACT, AlgebraRules::negation),
            new Rule("negated-term", "x ± (−y)", "x ∓ y", EXACT, AlgebraRules::negatedTerm),
            new Rule("negated-factor", "(−x)·y, (−x) / y", "−(x·y), −(x / y)", EXACT, AlgebraRules::negatedFactor),
            new Rule("twice", "x + x", "2·x", EXACT, AlgebraRules::twice),
            new Rule(
                    "same-condition",
                    "(c ? a : b) ∘ (c ? d : e)",
                    "c ? a ∘ d : b ∘ e",
                    EXACT,
                    AlgebraRules::sameCondition),
            new Rule("constant-first", "x·c", "c·x", EXACT, AlgebraRules::constantFirst),
            new Rule("constant-factors", "c·(d·x)", "(c·d)·x", REASSOCIATES, AlgebraRules::constantFactors),
            new Rule("square", "x·x, x^2", "x²", EXACT, AlgebraRules::square),
            new Rule("power", "x^1, x^−1, x^0", "x, 1 / x, 1", EXACT, AlgebraRules::power),
            new Rule("square-of-negation", "(−x)², |−x|", "x², |x|", EXACT, AlgebraRules::evenOfNegation),
            new Rule("sum-of-constant", "Σ c", "n > 0 ? n·c : 0", REASSOCIATES, AlgebraRules::sumOfInvariant));

    private AlgebraRules() {}

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
            default -> null;
        };
    }

    private static boolean holds(Comparison op, int x, int y) {
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

    private static @Nullable Expr negation(Expr node, Exprs e) {
        Expr inner = operand(UnaryOp.NEGATE, node);
        Expr twice = operand(UnaryOp.NEGATE, inner);
        if (twice != null) {
            return twice;
        }
        Expr.Binary difference = binary(BinaryOp.SUBTRACT, inner);
        return difference == null ? null : swapped(difference, e);
    }

    private static @Nullable Expr negatedTerm(Expr node, Exprs e) {
        Expr.Binary sum = binary(BinaryOp.ADD, node);
        if (sum != null) {
            Expr right = operand(UnaryOp.NEGATE, sum.right());
            Expr left = operand(UnaryOp.NEGATE, sum.left());
            return right != null ? minus(sum.left(), right, e) : left != null ? minus(sum.right(), left, e) : null;
        }
        Expr.Binary difference = binary(BinaryOp.SUBTRACT, node);
        if (difference == null) {
            return null;
        }
        Expr right = operand(UnaryOp.NEGATE, difference.right());
        return right == null ? null : e.binary(BinaryOp.ADD, difference.left(), right);
    }

    private static @Nullable Expr negatedFactor(Expr node, Exprs e) {
        if (!(node instanceof Expr.Binary b) || b.op() != BinaryOp.MULTIPLY && b.op() != BinaryOp.DIVIDE) {
            return null;
        }
        Expr left = operand(UnaryOp.NEGATE, b.left());
        Expr right = operand(UnaryOp.NEGATE, b.right());
        if (b.type() != Type.FLOAT || left == null && right == null) {
            return null;
        }
        Expr positive = e.binary(b.op(), left == null ? b.left() : left, right == null ? b.right() : right);
        return left != null && right != null ? positive : e.unary(UnaryOp.NEGATE, positive);
    }

    private static @Nullable Expr twice(Expr node, Exprs e) {
        Expr.Binary sum = binary(BinaryOp.ADD, node);
        return sum != null && sum.left() == sum.right() && sum.type() == Type.FLOAT
                ? e.binary(BinaryOp.MULTIPLY, e.constant(2.0), sum.left())
                : null;
    }

    private static @Nullable Expr sameCondition(Expr node, Exprs e) {
        return node instanceof Expr.Binary b
                        && (b.op() == BinaryOp.ADD || b.op() == BinaryOp.SUBTRACT || b.op() == BinaryOp.MULTIPLY)
                        && b.left() instanceof Expr.Select x
                        && b.right() instanceof Expr.Select y
                        && x.condition() == y.condition()
                ? e.select(
                        x.condition(),
                        e.binary(b.op(), x.whenTrue(), y.whenTrue()),
                        e.binary(b.op(), x.whenFalse(), y.whenFalse()))
                : null;
    }

    private static @Nullable Expr constantFirst(Expr node, Exprs e) {
        Expr.Binary product = binary(BinaryOp.MULTIPLY, node);
        return product != null && product.right() instanceof Expr.Constant && !(product.left() instanceof Expr.Constant)
                ? swapped(product, e)
                : null;
    }

    private static @Nullable Expr constantFactors(Expr node, Exprs e) {
        Expr.Binary outer = binary(BinaryOp.MULTIPLY, node);
        if (outer == null) {
            return null;
        }
        Expr.Binary inner = binary(BinaryOp.MULTIPLY, outer.right());
        if (inner == null || !(outer.left() instanceof Expr.Constant c) || !(inner.left() instanceof Expr.Constant d)) {
            return null;
        }
        double product = c.value() * d.value();
        boolean isFloat = Math.abs(product) >= Float.MIN_NORMAL && Math.abs(product) <= Float.MAX_VALUE;
        return isFloat ? e.binary(BinaryOp.MULTIPLY, e.constant(product), inner.right()) : null;
    }

    private static @Nullable Expr square(Expr node, Exprs e) {
        Expr.Binary product = binary(BinaryOp.MULTIPLY, node);
        if (product != null && product.left() == product.right() && product.type() == Type.FLOAT) {
            return e.unary(UnaryOp.SQUARE, product.left());
        }
        Expr.Binary power = binary(BinaryOp.POW, node);
        return power != null && isConstant(power.right(), 2) ? e.unary(UnaryOp.SQUARE, power.left()) : null;
    }

    private static @Nullable Expr power(Expr node, Exprs e) {
        Expr.Binary power = binary(BinaryOp.POW, node);
        if (power == null || !(power.right() instanceof Expr.Constant exponent)) {
            return null;
        }
        if (exponent.value() == 1) {
            return power.left();
        }
        if (exponent.value() == 0) {
            return e.constant(1.0);
        }
        return exponent.value() == -1 ? e.binary(BinaryOp.DIVIDE, e.constant(1.0), power.left()) : null;
    }

    private static @Nullable Expr evenOfNegation(Expr node, Exprs e) {
        Expr squared = operand(UnaryOp.NEGATE, operand(UnaryOp.SQUARE, node));
        if (squared != null) {
            return e.unary(UnaryOp.SQUARE, squared);
        }
        Expr absolute = operand(UnaryOp.NEGATE, operand(UnaryOp.ABS, node));
        return absolute == null ? null : e.unary(UnaryOp.ABS, absolute);
    }

    private static Expr minus(Expr x, Expr y, Exprs e) {
        return e.binary(BinaryOp.SUBTRACT, x, y);
    }

    private static Expr swapped(Expr.Binary node, Exprs e) {
        Expr first = node.right();
        Expr second = node.left();
        return e.binary(node.op(), first, second);
    }

    private static @Nullable Expr sumOfInvariant(Expr node, Exprs e) {
        if (!(node instanceof Expr.Reduce r) || r.op() != ReduceOp.SUM || r.type() != Type.FLOAT) {
            return null;
        }
        if (e.freeIndices(r.body()).contains(r.index())) {
            return null;
        }
        Expr n = r.index().extent();
        Expr product = e.binary(BinaryOp.MULTIPLY, e.unary(UnaryOp.TO_FLOAT, n), r.body());
        return n instanceof Expr.Extent
                ? product
                : e.select(e.compare(Comparison.GREATER, n, e.constant(0)), product, e.constant(0.0));
    }
}
