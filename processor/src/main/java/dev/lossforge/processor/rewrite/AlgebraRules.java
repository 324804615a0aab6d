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
import dev.lossforge.processor.ir.Positive;
import dev.lossforge.processor.ir.ReduceOp;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Rules of arithmetic that hold for infinities and NaN too; {@code x · 0 → 0} is not among them. The sign of a zero is
 * not kept.
 */
final class AlgebraRules {

    private static final List<Rule> OF_VARIABLES = List.of(
            new Rule("twice", "x + x, −x − x, x·y + y·x", "2·x, −(2·x), 2·(x·y)", EXACT, AlgebraRules::twice),
            new Rule(
                    "same-condition",
                    "(c ? a : b) ∘ (c ? d : e)",
                    "c ? a ∘ d : b ∘ e",
                    EXACT,
                    AlgebraRules::sameCondition),
            new Rule(
                    "common-mask",
                    "c ? (m ? x : 0) : (m ? y : 0)",
                    "m ? (c ? x : y) : 0",
                    EXACT,
                    AlgebraRules::commonMask),
            new Rule("nan-of", "nanOrZero(max(k, x)), nanOrZero(−x)", "nanOrZero(x)", EXACT, AlgebraRules::nanOf),
            new Rule("constant-first", "x·c", "c·x", EXACT, AlgebraRules::constantFirst),
            new Rule("constant-factors", "c·(d·x)", "(c·d)·x", REASSOCIATES, AlgebraRules::constantFactors),
            new Rule("masked-factor", "c·(b ? x : 0)", "b ? c·x : 0", EXACT, AlgebraRules::maskedFactor),
            new Rule("square", "x·x, x^2", "x²", EXACT, AlgebraRules::square),
            new Rule("power", "x^1, x^−1, x^0", "x, 1 / x, 1", EXACT, AlgebraRules::power),
            new Rule("zero-at-zero", "x = 0 ? 0 : c·x", "c·x", EXACT, AlgebraRules::zeroAtZero),
            new Rule("positive-divisor", "xdivy(x, y), y > 0", "x / y", EXACT, AlgebraRules::positiveDivisor),
            new Rule("positive-is-not-zero", "y ≠ 0, y = 0 for y > 0", "true, false", EXACT, AlgebraRules::positive),
            new Rule("sum-of-constant", "Σ c", "n > 0 ? n·c : 0", REASSOCIATES, AlgebraRules::sumOfInvariant),
            new Rule("log-sum-exp-of-constant", "logΣexp c", "log n + c", REASSOCIATES, AlgebraRules::logOfInvariant));

    static final List<Rule> ALL = Stream.of(
                    ConstantRules.ALL, KnownConditions.RULES, SignRules.ALL, OF_VARIABLES, RangeRules.ALL)
            .flatMap(List::stream)
            .toList();

    private AlgebraRules() {}

    private static @Nullable Expr twice(Expr node, Exprs e) {
        Expr.Binary sum = binary(BinaryOp.ADD, node);
        if (sum != null && sum.type() == Type.FLOAT && isSame(sum.left(), sum.right())) {
            return e.binary(BinaryOp.MULTIPLY, e.constant(2.0), sum.left());
        }
        Expr.Binary difference = binary(BinaryOp.SUBTRACT, node);
        if (difference == null || difference.type() != Type.FLOAT) {
            return null;
        }
        Expr negated = operand(UnaryOp.NEGATE, difference.left());
        return negated != null && isSame(negated, difference.right())
                ? e.unary(UnaryOp.NEGATE, e.binary(BinaryOp.MULTIPLY, e.constant(2.0), negated))
                : null;
    }

    /** Whether two values are one, or products of the same factors. */
    private static boolean isSame(Expr x, Expr y) {
        if (x == y) {
            return true;
        }
        Expr.Binary left = binary(BinaryOp.MULTIPLY, x);
        Expr.Binary right = binary(BinaryOp.MULTIPLY, y);
        return left != null && right != null && left.left() == right.right() && left.right() == right.left();
    }

    private static @Nullable Expr sameCondition(Expr node, Exprs e) {
        return node instanceof Expr.Binary b
                        && switch (b.op()) {
                            case ADD, SUBTRACT, MULTIPLY, DIVIDE -> true;
                            default -> false;
                        }
                        && b.left() instanceof Expr.Select x
                        && b.right() instanceof Expr.Select y
                        && x.condition() == y.condition()
                ? e.select(
                        x.condition(),
                        e.binary(b.op(), x.whenTrue(), y.whenTrue()),
                        e.binary(b.op(), x.whenFalse(), y.whenFalse()))
                : null;
    }

    private static @Nullable Expr commonMask(Expr node, Exprs e) {
        return node instanceof Expr.Select s
                        && s.whenTrue() instanceof Expr.Select x
                        && s.whenFalse() instanceof Expr.Select y
                        && x.condition() == y.condition()
                        && isConstant(x.whenFalse(), 0)
                        && isConstant(y.whenFalse(), 0)
                ? e.select(x.condition(), e.select(s.condition(), x.whenTrue(), y.whenTrue()), x.whenFalse())
                : null;
    }

    /** A function that is NaN where its operand is, and nowhere else. */
    private static @Nullable Expr nanOf(Expr node, Exprs e) {
        Expr x = cause(operand(UnaryOp.NAN_OR_ZERO, node));
        return x == null ? null : e.unary(UnaryOp.NAN_OR_ZERO, x);
    }

    private static @Nullable Expr cause(@Nullable Expr node) {
        return switch (node) {
            case Expr.Unary u
            when u.op() == UnaryOp.NEGATE || u.op() == UnaryOp.ABS || u.op() == UnaryOp.NAN_OR_ZERO -> u.operand();
            case Expr.Binary b
            when (b.op() == BinaryOp.MAX || b.op() == BinaryOp.MIN) && isNumber(b.left()) -> b.right();
            case Expr.Binary b
            when (b.op() == BinaryOp.MAX || b.op() == BinaryOp.MIN) && isNumber(b.right()) -> b.left();
            case null, default -> null;
        };
    }

    private static boolean isNumber(Expr node) {
        return node instanceof Expr.Constant c && !Double.isNaN(c.value());
    }

    private static @Nullable Expr constantFirst(Expr node, Exprs e) {
        Expr.Binary product = binary(BinaryOp.MULTIPLY, node);
        return product != null && product.right() instanceof Expr.Constant && !(product.left() instanceof Expr.Constant)
                ? Patterns.swapped(product, e)
                : null;
    }

    private static @Nullable Expr maskedFactor(Expr node, Exprs e) {
        Expr.Binary product = binary(BinaryOp.MULTIPLY, node);
        if (product == null
                || !(product.left() instanceof Expr.Constant c)
                || !Double.isFinite(c.value())
                || !(product.right() instanceof Expr.Select s)
                || !isConstant(s.whenTrue(), 0) && !isConstant(s.whenFalse(), 0)) {
            return null;
        }
        return e.select(
                s.condition(),
                isConstant(s.whenTrue(), 0) ? s.whenTrue() : e.binary(BinaryOp.MULTIPLY, c, s.whenTrue()),
                isConstant(s.whenFalse(), 0) ? s.whenFalse() : e.binary(BinaryOp.MULTIPLY, c, s.whenFalse()));
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

    /** A choice that changes nothing: what is multiplied is 0 already. */
    private static @Nullable Expr zeroAtZero(Expr node, Exprs e) {
        if (!(node instanceof Expr.Select s)
                || !isConstant(s.whenTrue(), 0)
                || !(s.condition() instanceof Expr.Compare c)
                || c.op() != Comparison.EQUAL
                || !isConstant(c.right(), 0)) {
            return null;
        }
        Expr.Binary product = binary(BinaryOp.MULTIPLY, s.whenFalse());
        Expr x = product != null && product.left() instanceof Expr.Constant f && Double.isFinite(f.value())
                ? product.right()
                : s.whenFalse();
        Expr inner = operand(UnaryOp.NEGATE, x);
        return (inner == null ? x : inner) == c.left() ? s.whenFalse() : null;
    }

    private static @Nullable Expr positiveDivisor(Expr node, Exprs e) {
        Expr.Binary quotient = binary(BinaryOp.XDIVY, node);
        return quotient != null && Positive.byConstruction(quotient.right())
                ? e.binary(BinaryOp.DIVIDE, quotient.left(), quotient.right())
                : null;
    }

    private static @Nullable Expr positive(Expr node, Exprs e) {
        return node instanceof Expr.Compare c
                        && (c.op() == Comparison.EQUAL || c.op() == Comparison.NOT_EQUAL)
                        && isConstant(c.right(), 0)
                        && Positive.byConstruction(c.left())
                ? e.constant(c.op() == Comparison.NOT_EQUAL)
                : null;
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

    /** Of entries that are all the same no share has to be told, which is NaN where they are infinite. */
    private static @Nullable Expr logOfInvariant(Expr node, Exprs e) {
        return node instanceof Expr.Reduce r
                        && r.op() == ReduceOp.LOG_SUM_EXP
                        && !e.freeIndices(r.body()).contains(r.index())
                ? e.binary(
                        BinaryOp.ADD,
                        e.unary(UnaryOp.LOG, e.unary(UnaryOp.TO_FLOAT, r.index().extent())),
                        r.body())
                : null;
    }
}
