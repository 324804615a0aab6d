package dev.lossforge.processor.rewrite;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Magnitude;
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
            return Patterns.isShort(node) ? ofShort(node, false, e) : new Product(null, node, 0);
        }

        /** The same with {@code σ(x)} as {@code e^(−softplus(−x))}. */
        private static Product ofShares(Expr node, Exprs e) {
            return Patterns.isShort(node) ? ofShort(node, true, e) : new Product(null, node, 0);
        }

        private static Product ofShort(Expr node, boolean shares, Exprs e) {
            return switch (node) {
                case Expr.Unary u when u.op() == UnaryOp.EXP -> new Product(u.operand(), null, 1);
                case Expr.Unary u
                when shares && u.op() == UnaryOp.SIGMOID ->
                    new Product(
                            e.unary(UnaryOp.NEGATE, e.unary(UnaryOp.SOFTPLUS, Patterns.negated(u.operand(), e))),
                            null,
                            1);
                case Expr.Unary u
                when u.op() == UnaryOp.NEGATE -> {
                    Product p = ofShort(u.operand(), shares, e);
                    yield new Product(p.exponent, e.unary(UnaryOp.NEGATE, p.factor(e)), p.powers);
                }
                case Expr.Binary b
                when b.op() == BinaryOp.MULTIPLY ->
                    ofShort(b.left(), shares, e).times(ofShort(b.right(), shares, e), e);
                case Expr.Binary b
                when b.op() == BinaryOp.DIVIDE -> ofShort(b.left(), shares, e).over(ofShort(b.right(), shares, e), e);
                case Expr.Select s -> either(s, ofShort(s.whenTrue(), shares, e), ofShort(s.whenFalse(), shares, e), e);
                default -> new Product(null, node, 0);
            };
        }

        private static Product either(Expr.Select s, Product x, Product y, Exprs e) {
            if (x.exponent == null && y.exponent == null) {
                return new Product(null, s, 0);
            }
            Expr zero = e.constant(0.0);
            Expr exponent = e.select(
                    s.condition(), x.exponent == null ? zero : x.exponent, y.exponent == null ? zero : y.exponent);
            Expr rest = e.select(s.condition(), x.factor(e), y.factor(e));
            return new Product(exponent, rest, Math.max(x.powers, y.powers));
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
            Expr power = e.unary(UnaryOp.EXP, exponentAbove(shift, e));
            return rest == null ? power : e.binary(BinaryOp.MULTIPLY, rest, power);
        }

        private Expr exponentAbove(Expr shift, Exprs e) {
            return exponent == null ? Patterns.negated(shift, e) : e.binary(BinaryOp.SUBTRACT, exponent, shift);
        }

        /** Whether the factor may be 0 or infinite. */
        private boolean isWeighted() {
            return rest != null && !(rest instanceof Expr.Constant);
        }

        /**
         * The same, 0 where the factor is 0 and infinite where that is, however far the exponent is from the shift. A
         * factor that is differentiated has a slope where it is 0.
         */
        private Expr weighted(Expr shift, Exprs e) {
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
                    BinaryOp.AND,
                    isInfinite,
                    e.compare(Comparison.GREATER, above, e.constant(Double.NEGATIVE_INFINITY)));
            return e.select(isHuge, e.constant(0.0), above);
        }
    }

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
        Product small = term == null ? null : Product.of(term, e);
        return small == null || small.exponent == null ? log : nearOne(small, log, e);
    }

    /** {@code log(1 + w·eˣ)} keeps its digits where it is near 0. */
    private static Expr nearOne(Product term, Expr log, Exprs e) {
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

    /** Whether a term of a sum is exponential, and not one that {@link #scaled} has made. */
    private static boolean hasPower(Expr node, Exprs e) {
        return switch (node) {
            case Expr.Reduce r when isSum(r) -> hasPower(r.body(), e);
            case Expr.Binary b when isSum(b) -> hasPower(b.left(), e) || hasPower(b.right(), e);
            default -> {
                Expr exponent = Product.ofShares(node, e).exponent;
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
            default -> Product.of(node, e).exponent != null;
        };
    }

    /** The greatest exponent of the terms, −∞ where the factors are 0. */
    private static Expr height(Expr node, Exprs e) {
        return switch (node) {
            case Expr.Reduce r when isSum(r) -> e.reduce(ReduceOp.MAX, r.index(), height(r.body(), e));
            case Expr.Binary b when isSum(b) -> e.binary(BinaryOp.MAX, height(b.left(), e), height(b.right(), e));
            default -> {
                Product term = Product.ofShares(node, e);
                Expr exponent = term.exponent == null ? e.constant(0.0) : term.exponent;
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
            when isSum(b) -> e.binary(b.op(), weighted(b.left(), shift, e), weighted(b.right(), shift, e));
            default -> Product.ofShares(node, e).weighted(shift, e);
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
