package dev.lossforge.processor.rewrite;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Magnitude;
import dev.lossforge.processor.ir.UnaryOp;
import org.jspecify.annotations.Nullable;

/**
 * A product as {@code rest · e^exponent}.
 *
 * @param exponent null if there is no exponential among the factors
 * @param rest null if there is nothing but exponentials
 * @param powers the number of exponentials
 */
record ExponentialProduct(@Nullable Expr exponent, @Nullable Expr rest, int powers) {

    static ExponentialProduct of(Expr node, Exprs e) {
        return Patterns.isShort(node) ? ofShort(node, false, e) : new ExponentialProduct(null, node, 0);
    }

    /** The same with {@code σ(x)} as {@code e^(−softplus(−x))}, and with the difference of two of these as one. */
    static ExponentialProduct ofShares(Expr node, Exprs e) {
        return Patterns.isShort(node) ? ofShort(node, true, e) : new ExponentialProduct(null, node, 0);
    }

    private static ExponentialProduct ofShort(Expr node, boolean shares, Exprs e) {
        return switch (node) {
            case Expr.Unary u when u.op() == UnaryOp.EXP -> new ExponentialProduct(u.operand(), null, 1);
            case Expr.Unary u
            when shares && u.op() == UnaryOp.SIGMOID ->
                new ExponentialProduct(
                        e.unary(UnaryOp.NEGATE, e.unary(UnaryOp.SOFTPLUS, Patterns.negated(u.operand(), e))), null, 1);
            case Expr.Unary u
            when u.op() == UnaryOp.NEGATE -> {
                ExponentialProduct p = ofShort(u.operand(), shares, e);
                yield new ExponentialProduct(p.exponent, e.unary(UnaryOp.NEGATE, p.factor(e)), p.powers);
            }
            case Expr.Unary u
            when u.op() == UnaryOp.SQUARE -> ofShort(u.operand(), shares, e).squared(u, e);
            case Expr.Binary b
            when b.op() == BinaryOp.MULTIPLY -> ofShort(b.left(), shares, e).times(ofShort(b.right(), shares, e), e);
            case Expr.Binary b
            when b.op() == BinaryOp.DIVIDE -> ofShort(b.left(), shares, e).over(ofShort(b.right(), shares, e), e);
            case Expr.Binary b when shares && b.op() == BinaryOp.SUBTRACT -> ofDifference(b, Differences.of(b, e));
            case Expr.Select s -> either(s, ofShort(s.whenTrue(), shares, e), ofShort(s.whenFalse(), shares, e), e);
            default -> new ExponentialProduct(null, node, 0);
        };
    }

    private static ExponentialProduct ofDifference(Expr node, WeightedExponentials.@Nullable Scaled difference) {
        return difference == null
                ? new ExponentialProduct(null, node, 0)
                : new ExponentialProduct(difference.shift(), difference.rest(), 1);
    }

    private static ExponentialProduct either(Expr.Select s, ExponentialProduct x, ExponentialProduct y, Exprs e) {
        if (x.exponent == null && y.exponent == null) {
            return new ExponentialProduct(null, s, 0);
        }
        Expr zero = e.constant(0.0);
        Expr exponent =
                e.select(s.condition(), x.exponent == null ? zero : x.exponent, y.exponent == null ? zero : y.exponent);
        Expr rest = e.select(s.condition(), x.factor(e), y.factor(e));
        return new ExponentialProduct(exponent, rest, Math.max(x.powers, y.powers));
    }

    private ExponentialProduct times(ExponentialProduct other, Exprs e) {
        Expr sum = exponent == null
                ? other.exponent
                : other.exponent == null ? exponent : e.binary(BinaryOp.ADD, exponent, other.exponent);
        Expr product =
                rest == null ? other.rest : other.rest == null ? rest : e.binary(BinaryOp.MULTIPLY, rest, other.rest);
        return new ExponentialProduct(sum, product, powers + other.powers);
    }

    private ExponentialProduct squared(Expr.Unary square, Exprs e) {
        return exponent == null
                ? new ExponentialProduct(null, square, 0)
                : new ExponentialProduct(
                        e.binary(BinaryOp.MULTIPLY, e.constant(2.0), exponent),
                        rest == null ? null : e.unary(UnaryOp.SQUARE, rest),
                        powers);
    }

    private ExponentialProduct over(ExponentialProduct other, Exprs e) {
        Expr difference = other.exponent == null
                ? exponent
                : exponent == null
                        ? Patterns.negated(other.exponent, e)
                        : e.binary(BinaryOp.SUBTRACT, exponent, other.exponent);
        Expr quotient = other.rest == null ? rest : e.binary(BinaryOp.DIVIDE, factor(e), other.rest);
        return new ExponentialProduct(difference, quotient, powers + other.powers);
    }

    /** The factor that is not exponential, 1 if there is none. */
    Expr factor(Exprs e) {
        return rest == null ? e.constant(1.0) : rest;
    }

    /** {@code rest · e^(exponent − shift)}. */
    Expr shifted(Expr shift, Exprs e) {
        Expr power = e.unary(UnaryOp.EXP, exponentAbove(shift, e));
        return rest == null ? power : e.binary(BinaryOp.MULTIPLY, rest, power);
    }

    private Expr exponentAbove(Expr shift, Exprs e) {
        return exponent == null ? Patterns.negated(shift, e) : e.binary(BinaryOp.SUBTRACT, exponent, shift);
    }

    /** Whether the factor may be 0 or infinite. */
    boolean isWeighted() {
        return rest != null && !(rest instanceof Expr.Constant);
    }

    /**
     * The same, 0 where the factor is 0 and infinite where that is, however far the exponent is from the shift. A
     * factor that is differentiated has a slope where it is 0.
     */
    Expr weighted(Expr shift, Exprs e) {
        if (!isWeighted()) {
            return shifted(shift, e);
        }
        Expr above = exponentAbove(shift, e);
        Expr zero = e.constant(0.0);
        Expr vanishes = e.compare(Comparison.EQUAL, factor(e), zero);
        Expr power = e.unary(UnaryOp.EXP, ofInfinite(above, e));
        Expr product = e.binary(BinaryOp.MULTIPLY, factor(e), power);
        return e.select(
                vanishes,
                Patterns.isDifferentiated(factor(e))
                        ? e.binary(BinaryOp.MULTIPLY, factor(e), e.binary(BinaryOp.MIN, power, e.constant((double)
                                Float.MAX_VALUE)))
                        : zero,
                product);
    }

    /** An exponent that does not vanish beside an infinite factor, unless it is −∞. */
    private Expr ofInfinite(Expr above, Exprs e) {
        if (Magnitude.of(factor(e)) <= Float.MAX_VALUE) {
            return above;
        }
        Expr magnitude = e.unary(UnaryOp.ABS, factor(e));
        Expr isInfinite = e.compare(Comparison.GREATER, magnitude, e.constant((double) Float.MAX_VALUE));
        Expr isHuge = e.binary(
                BinaryOp.AND, isInfinite, e.compare(Comparison.GREATER, above, e.constant(Double.NEGATIVE_INFINITY)));
        return e.select(isHuge, e.constant(0.0), above);
    }
}
