package dev.lossforge.processor.rewrite;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.ReduceOp;
import dev.lossforge.processor.ir.UnaryOp;
import org.jspecify.annotations.Nullable;

/**
 * Sums of exponentials with factors of any sign, such as the density of a mixture: {@code log(Σ w·eˣ)} is {@code m +
 * log(Σ w·e^(x − m))} for every m, and neither overflows nor vanishes if m is the greatest x whose weight is not 0.
 * Since m does not matter, it is constant for differentiation.
 */
final class WeightedExponentials {

    private WeightedExponentials() {}

    /**
     * A product as {@code rest · e^exponent}.
     *
     * @param exponent null if there is no exponential among the factors
     * @param rest null if there is nothing but exponentials
     * @param powers the number of exponentials
     */
    record Product(@Nullable Expr exponent, @Nullable Expr rest, int powers) {

        static Product of(Expr node, Exprs e) {
            return Patterns.isShort(node) ? ofShort(node, e) : new Product(null, node, 0);
        }

        private static Product ofShort(Expr node, Exprs e) {
            return switch (node) {
                case Expr.Unary u when u.op() == UnaryOp.EXP -> new Product(u.operand(), null, 1);
                case Expr.Unary u
                when u.op() == UnaryOp.NEGATE -> {
                    Product p = ofShort(u.operand(), e);
                    yield new Product(p.exponent, e.unary(UnaryOp.NEGATE, p.factor(e)), p.powers);
                }
                case Expr.Binary b
                when b.op() == BinaryOp.MULTIPLY -> ofShort(b.left(), e).times(ofShort(b.right(), e), e);
                case Expr.Binary b
                when b.op() == BinaryOp.DIVIDE -> ofShort(b.left(), e).over(ofShort(b.right(), e), e);
                default -> new Product(null, node, 0);
            };
        }

        private Product times(Product other, Exprs e) {
            Expr sum = exponent == null
                    ? other.exponent
                    : other.exponent == null ? exponent : e.binary(BinaryOp.ADD, exponent, other.exponent);
            Expr product = rest == null
                    ? other.rest
                    : other.rest == null ? rest : e.binary(BinaryOp.MULTIPLY, rest, other.rest);
            return new Product(sum, product, powers + other.powers);
        }

        private Product over(Product other, Exprs e) {
            Expr difference = other.exponent == null
                    ? exponent
                    : exponent == null
                            ? Patterns.negated(other.exponent, e)
                            : e.binary(BinaryOp.SUBTRACT, exponent, other.exponent);
            Expr quotient = other.rest == null ? rest : e.binary(BinaryOp.DIVIDE, factor(e), other.rest);
            return new Product(difference, quotient, powers + other.powers);
        }

        /** The factor that is not exponential, 1 if there is none. */
        Expr factor(Exprs e) {
            return rest == null ? e.constant(1.0) : rest;
        }

        /** {@code rest · e^(exponent − shift)}. */
        Expr shifted(Expr shift, Exprs e) {
            Expr power = e.unary(
                    UnaryOp.EXP,
                    exponent == null ? Patterns.negated(shift, e) : e.binary(BinaryOp.SUBTRACT, exponent, shift));
            return rest == null ? power : e.binary(BinaryOp.MULTIPLY, rest, power);
        }
    }

    /** The logarithm of a sum with weighted exponentials, or null. */
    static @Nullable Expr logOf(Expr sum, Exprs e) {
        if (sum instanceof Expr.Reduce r && r.op() == ReduceOp.SUM) {
            Product term = Product.of(r.body(), e);
            if (term.exponent == null || isShifted(term)) {
                return null;
            }
            Expr shift = shift(e.reduce(ReduceOp.MAX, r.index(), height(term, e)), e);
            return plusLog(shift, e.reduce(ReduceOp.SUM, r.index(), term.shifted(shift, e)), e);
        }
        if (sum instanceof Expr.Binary b && (b.op() == BinaryOp.ADD || b.op() == BinaryOp.SUBTRACT)) {
            Product x = Product.of(b.left(), e);
            Product y = Product.of(b.right(), e);
            if (x.exponent == null && y.exponent == null || isShifted(x) || isShifted(y)) {
                return null;
            }
            if (b.op() == BinaryOp.ADD && Patterns.isConstant(x.rest, 1) && y.exponent != null) {
                return logOfOnePlus(y, y.exponent, e);
            }
            Expr shift = shift(e.binary(BinaryOp.MAX, height(x, e), height(y, e)), e);
            return plusLog(shift, e.binary(b.op(), x.shifted(shift, e), y.shifted(shift, e)), e);
        }
        return null;
    }

    /** {@code log(1 + w·eˣ)}, which keeps its digits where it is near 0. */
    private static Expr logOfOnePlus(Product term, Expr exponent, Exprs e) {
        Expr zero = e.constant(0.0);
        Expr large = e.binary(BinaryOp.ADD, term.factor(e), e.unary(UnaryOp.EXP, Patterns.negated(exponent, e)));
        Expr small = e.binary(BinaryOp.MULTIPLY, term.factor(e), e.unary(UnaryOp.EXP, exponent));
        return e.select(
                e.compare(Comparison.GREATER, exponent, zero),
                e.binary(BinaryOp.ADD, exponent, e.unary(UnaryOp.LOG, large)),
                e.unary(UnaryOp.LOG1P, small));
    }

    private static Expr plusLog(Expr shift, Expr rest, Exprs e) {
        return e.binary(BinaryOp.ADD, shift, e.unary(UnaryOp.LOG, rest));
    }

    /** Whether this is what {@link #logOf} has made. */
    private static boolean isShifted(Product term) {
        return term.exponent instanceof Expr.Binary b
                        && b.op() == BinaryOp.SUBTRACT
                        && Patterns.operand(UnaryOp.STOP_GRADIENT, b.right()) != null
                || Patterns.operand(UnaryOp.STOP_GRADIENT, Patterns.operand(UnaryOp.NEGATE, term.exponent)) != null;
    }

    /** The exponent, −∞ where the factor is 0. */
    private static Expr height(Product term, Exprs e) {
        Expr exponent = term.exponent == null ? e.constant(0.0) : term.exponent;
        if (term.rest == null || term.rest instanceof Expr.Constant) {
            return exponent;
        }
        Expr vanishes = e.compare(Comparison.EQUAL, term.rest, e.constant(0.0));
        return e.select(vanishes, e.constant(Double.NEGATIVE_INFINITY), exponent);
    }

    /** The greatest height, finite so that infinite exponents keep their meaning. */
    private static Expr shift(Expr greatest, Exprs e) {
        Expr low = e.constant(-(double) Float.MAX_VALUE);
        Expr high = e.constant((double) Float.MAX_VALUE);
        Expr finite = e.binary(BinaryOp.MIN, e.binary(BinaryOp.MAX, greatest, low), high);
        return e.unary(UnaryOp.STOP_GRADIENT, finite);
    }
}
