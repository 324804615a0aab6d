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

    /** A value as {@code e^shift · rest}. */
    record Scaled(Expr shift, Expr rest) {}

    /** The logarithm of a value in which weighted exponentials are added up, or null. */
    static @Nullable Expr logOf(Expr node, Exprs e) {
        Scaled scaled = Patterns.isShort(node) ? scaled(node, e) : null;
        if (scaled == null) {
            return null;
        }
        Expr log = e.binary(BinaryOp.ADD, scaled.shift, e.unary(UnaryOp.LOG, scaled.rest));
        Expr term = Patterns.onePlus(node);
        ExponentialProduct small = term == null ? null : ExponentialProduct.of(term, e);
        return small == null || small.exponent() == null ? log : nearOne(small, log, e);
    }

    /** {@code log(1 + w·eˣ)} keeps its digits where it is near 0. */
    private static Expr nearOne(ExponentialProduct term, Expr log, Exprs e) {
        Expr small = term.weighted(e.constant(0.0), e);
        return e.select(e.compare(Comparison.GREATER, small, e.constant(1.0)), log, e.unary(UnaryOp.LOG1P, small));
    }

    private static @Nullable Scaled scaled(Expr node, Exprs e) {
        Scaled difference = Differences.of(node, e);
        if (difference != null) {
            return difference;
        }
        if (isSum(node)) {
            if (!hasPower(node, e) || isModest(node, e)) {
                return null;
            }
            Expr shift = shift(height(node, e), e);
            return new Scaled(shift, weighted(node, shift, e));
        }
        return switch (node) {
            case Expr.Unary u
            when u.op() == UnaryOp.EXP -> isShifted(u.operand()) ? null : new Scaled(u.operand(), e.constant(1.0));
            case Expr.Unary u
            when u.op() == UnaryOp.NEGATE -> {
                Scaled inner = scaled(u.operand(), e);
                yield inner == null ? null : new Scaled(inner.shift, e.unary(UnaryOp.NEGATE, inner.rest));
            }
            case Expr.Binary b when b.op() == BinaryOp.MULTIPLY || b.op() == BinaryOp.DIVIDE -> scaledProduct(b, e);
            default -> null;
        };
    }

    private static @Nullable Scaled scaledProduct(Expr.Binary product, Exprs e) {
        Scaled x = scaled(product.left(), e);
        Scaled y = scaled(product.right(), e);
        if (x == null && y == null) {
            return null;
        }
        Expr zero = e.constant(0.0);
        Expr shift = e.binary(
                product.op() == BinaryOp.DIVIDE ? BinaryOp.SUBTRACT : BinaryOp.ADD,
                x == null ? zero : x.shift,
                y == null ? zero : y.shift);
        Expr rest = e.binary(product.op(), x == null ? product.left() : x.rest, y == null ? product.right() : y.rest);
        return new Scaled(shift, rest);
    }

    private static boolean isSum(Expr node) {
        return node instanceof Expr.Reduce r && r.op() == ReduceOp.SUM
                || node instanceof Expr.Binary b && (b.op() == BinaryOp.ADD || b.op() == BinaryOp.SUBTRACT);
    }

    /** A difference of two exponentials is one term, as in a mixture of intervals: apart, they cancel. */
    private static boolean isSplit(Expr node, Exprs e) {
        return isSum(node) && Differences.of(node, e) == null;
    }

    /** Whether a term of a sum is exponential, and not one that {@link #scaled} has made. */
    private static boolean hasPower(Expr node, Exprs e) {
        return switch (node) {
            case Expr.Reduce r when isSum(r) -> hasPower(r.body(), e);
            case Expr.Binary b when isSum(b) -> hasPower(b.left(), e) || hasPower(b.right(), e);
            default -> {
                Expr exponent = ExponentialProduct.ofShares(node, e).exponent();
                yield exponent != null && !isShifted(exponent);
            }
        };
    }

    /** Whether a positive constant among the terms keeps a sum of shares from vanishing. */
    private static boolean isModest(Expr node, Exprs e) {
        return node instanceof Expr.Binary b
                && b.op() == BinaryOp.ADD
                && (isPositive(b.left()) && !hasExp(b.right(), e) || isPositive(b.right()) && !hasExp(b.left(), e));
    }

    private static boolean isPositive(Expr node) {
        return node instanceof Expr.Constant c && c.value() > 0;
    }

    private static boolean hasExp(Expr node, Exprs e) {
        return switch (node) {
            case Expr.Reduce r when isSum(r) -> hasExp(r.body(), e);
            case Expr.Binary b when isSum(b) -> hasExp(b.left(), e) || hasExp(b.right(), e);
            default -> ExponentialProduct.of(node, e).exponent() != null;
        };
    }

    /** The greatest exponent of the terms, −∞ where the factors are 0. */
    private static Expr height(Expr node, Exprs e) {
        return switch (node) {
            case Expr.Reduce r when isSum(r) -> e.reduce(ReduceOp.MAX, r.index(), height(r.body(), e));
            case Expr.Binary b when isSplit(b, e) -> e.binary(BinaryOp.MAX, height(b.left(), e), height(b.right(), e));
            default -> {
                ExponentialProduct term = ExponentialProduct.ofShares(node, e);
                Expr exponent = term.exponent() == null ? e.constant(0.0) : term.exponent();
                Expr least = e.constant(Double.NEGATIVE_INFINITY);
                Expr vanishes = e.compare(Comparison.EQUAL, term.factor(e), e.constant(0.0));
                yield term.isWeighted() ? e.select(vanishes, least, exponent) : exponent;
            }
        };
    }

    private static Expr weighted(Expr node, Expr shift, Exprs e) {
        return switch (node) {
            case Expr.Reduce r when isSum(r) -> e.reduce(ReduceOp.SUM, r.index(), weighted(r.body(), shift, e));
            case Expr.Binary b
            when isSplit(b, e) -> e.binary(b.op(), weighted(b.left(), shift, e), weighted(b.right(), shift, e));
            default -> ExponentialProduct.ofShares(node, e).weighted(shift, e);
        };
    }

    private static boolean isShifted(Expr exponent) {
        return switch (exponent) {
            case Expr.Binary b -> b.op() == BinaryOp.SUBTRACT && isShift(b.right());
            case Expr.Unary u -> u.op() == UnaryOp.NEGATE && isShift(u.operand());
            case Expr.Select s -> isShifted(s.whenTrue()) || isShifted(s.whenFalse());
            default -> false;
        };
    }

    private static boolean isShift(Expr node) {
        return Patterns.operand(UnaryOp.STOP_GRADIENT, node) != null;
    }

    /** The greatest height, finite so that infinite exponents keep their meaning. It does not matter: a constant. */
    private static Expr shift(Expr greatest, Exprs e) {
        Expr low = e.constant(-(double) Float.MAX_VALUE);
        Expr high = e.constant((double) Float.MAX_VALUE);
        Expr finite = e.binary(BinaryOp.MIN, e.binary(BinaryOp.MAX, greatest, low), high);
        return e.unary(UnaryOp.STOP_GRADIENT, finite);
    }
}
