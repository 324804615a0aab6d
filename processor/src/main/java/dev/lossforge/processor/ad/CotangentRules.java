package dev.lossforge.processor.ad;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.NonNegative;
import dev.lossforge.processor.ir.Positive;
import dev.lossforge.processor.ir.ReduceOp;
import dev.lossforge.processor.ir.Substitution;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The cotangents that each operation passes to its operands: one rule per operation. {@code ct} is the cotangent of the
 * node. The n-th entry of a result belongs to the n-th differentiable operand.
 *
 * <p>Where a derivative does not exist, the rule chooses one. It is 0 for {@code |x|} at 0 and for {@code atan2} at the
 * origin. At a tie of max or min, each operand gets half, or 0 if the other is constant. In a reduction, the first
 * winner gets the cotangent. For {@code √x} at 0 it is 0 if x cannot be negative by construction, so that the gradient
 * of a norm at the origin is 0, and +∞ otherwise. The same holds for powers between 0 and 1. A quotient that is 0 by
 * definition where its divisor is 0 has the slope 0 there, as the direction of a norm at the origin.
 */
final class CotangentRules {

    /** Of a root of more squares the legs are not told apart. */
    private static final int MAX_LEGS = 16;

    private final Exprs exprs;
    private final Cotangents cts;
    private final Predicate<Expr> active;
    private final boolean fromTheRight;

    /** @param fromTheRight whether the derivative of {@code |x|} at 0 is 1, as second derivatives need it */
    CotangentRules(Exprs exprs, Cotangents cts, Predicate<Expr> active, boolean fromTheRight) {
        this.exprs = exprs;
        this.cts = cts;
        this.active = active;
        this.fromTheRight = fromTheRight;
    }

    /** The cotangent of the operand; 0 if the operation passes none on. */
    Expr unary(Expr.Unary y, Expr ct) {
        Expr x = y.operand();
        return switch (y.op()) {
            case NEGATE -> cts.negate(ct);
            case ABS -> cts.times(ct, slopeOfAbsolute(x));
            case SQUARE -> cts.times(ct, bounded(mul(c(2), x), y, ct));
            case SQRT -> squareRoot(y, ct);
            case EXP -> cts.times(ct, y);
            case EXPM1 -> cts.times(ct, u(UnaryOp.EXP, x));
            case LOG -> cts.over(ct, x);
            case LOG1P -> cts.over(ct, add(c(1), x));
            case EXPM1_REST -> cts.times(ct, u(UnaryOp.EXPM1, x));
            case LOG1P_REST -> cts.negate(cts.times(ct, ofSum(add(c(1), x), x)));
            case LOG_REST -> cts.negate(cts.times(ct, ofSum(x, sub(x, c(1)))));
            case LOG1M_EXP -> cts.over(cts.times(ct, u(UnaryOp.EXP, x)), u(UnaryOp.EXPM1, x));
            case SIN -> cts.times(ct, u(UnaryOp.COS, x));
            case COS -> cts.negate(cts.times(ct, u(UnaryOp.SIN, x)));
            case TAN -> cts.times(ct, add(c(1), u(UnaryOp.SQUARE, y)));
            case ASIN -> cts.over(ct, u(UnaryOp.SQRT, oneMinusSquare(x)));
            case ACOS -> cts.negate(cts.over(ct, u(UnaryOp.SQRT, oneMinusSquare(x))));
            case ATAN -> cts.over(ct, add(c(1), u(UnaryOp.SQUARE, x)));
            case SINH -> cts.times(ct, u(UnaryOp.COSH, x));
            case COSH -> cts.times(ct, u(UnaryOp.SINH, x));
            case TANH -> hyperbolicTangent(x, ct);
            case ASINH -> cts.over(ct, exprs.binary(BinaryOp.HYPOT, c(1), x));
            case ACOSH -> cts.over(ct, u(UnaryOp.SQRT, mul(sub(x, c(1)), add(x, c(1)))));
            case ATANH -> cts.over(ct, oneMinusSquare(x));
            case LOG_COSH -> cts.times(ct, u(UnaryOp.TANH, x));
            case SIGMOID -> cts.times(cts.times(ct, y), u(UnaryOp.SIGMOID, neg(x)));
            case LOG_SIGMOID -> cts.times(ct, u(UnaryOp.SIGMOID, neg(x)));
            case SOFTPLUS -> cts.times(ct, u(UnaryOp.SIGMOID, x));
            case ERF -> cts.times(ct, mul(c(2 / Math.sqrt(Math.PI)), u(UnaryOp.EXP, neg(u(UnaryOp.SQUARE, x)))));
            case ERFC ->
                cts.negate(cts.times(ct, mul(c(2 / Math.sqrt(Math.PI)), u(UnaryOp.EXP, neg(u(UnaryOp.SQUARE, x))))));
            case NORMAL_CDF ->
                cts.times(ct, mul(c(1 / Math.sqrt(2 * Math.PI)), u(UnaryOp.EXP, mul(c(-0.5), u(UnaryOp.SQUARE, x)))));
            case LOG_NORMAL_CDF -> cts.times(ct, u(UnaryOp.INVERSE_MILLS, x));
            case NORMAL_QUANTILE ->
                cts.times(ct, mul(c(Math.sqrt(2 * Math.PI)), u(UnaryOp.EXP, mul(c(0.5), u(UnaryOp.SQUARE, y)))));
            case INVERSE_MILLS -> cts.times(ct, u(UnaryOp.MILLS_SLOPE, x));
            case MILLS_SLOPE -> throw beyondHessians(y);
            case LGAMMA -> cts.times(ct, u(UnaryOp.DIGAMMA, x));
            case DIGAMMA -> cts.times(ct, u(UnaryOp.TRIGAMMA, x));
            case TRIGAMMA -> cts.times(ct, u(UnaryOp.TETRAGAMMA, x));
            case TETRAGAMMA -> cts.times(ct, u(UnaryOp.PENTAGAMMA, x));
            case PENTAGAMMA -> throw beyondHessians(y);
            case LOG_BESSEL_I0 -> cts.times(ct, u(UnaryOp.BESSEL_I1_I0, x));
            case BESSEL_I1_I0 -> cts.times(ct, u(UnaryOp.BESSEL_SLOPE, x));
            case BESSEL_SLOPE -> cts.times(ct, u(UnaryOp.BESSEL_CURVATURE, x));
            case BESSEL_CURVATURE -> throw beyondHessians(y);
            case SIGN, FLOOR, CEIL, ROUND, NAN_OR_ZERO, STOP_GRADIENT, TO_FLOAT, TO_INT, NOT -> cts.constant(0);
        };
    }

    List<Expr> binary(Expr.Binary y, Expr ct) {
        Expr a = y.left();
        Expr b = y.right();
        return switch (y.op()) {
            case ADD -> List.of(ct, ct);
            case SUBTRACT -> List.of(ct, cts.negate(ct));
            case MULTIPLY -> List.of(cts.times(ct, b), cts.times(ct, a));
            case DIVIDE -> List.of(cts.over(ct, b), cts.negate(cts.over(cts.times(ct, bounded(y, y, ct)), b)));
            case REMAINDER -> List.of(ct, cts.negate(cts.times(ct, div(sub(a, y), b))));
            case MAX -> List.of(winner(Comparison.GREATER, y, a, b, ct), winner(Comparison.GREATER, y, b, a, ct));
            case MIN -> List.of(winner(Comparison.LESS, y, a, b, ct), winner(Comparison.LESS, y, b, a, ct));
            case POW -> List.of(powerBase(a, b, ct), cts.times(ct, exprs.binary(BinaryOp.XLOGY, y, a)));
            case ATAN2 -> arcTangent(a, b, ct);
            case HYPOT -> List.of(leg(a, y, ct), leg(b, y, ct));
            case XLOGY -> List.of(cts.times(ct, u(UnaryOp.LOG, b)), cts.times(ct, exprs.binary(BinaryOp.XDIVY, a, b)));
            case XLOG1PY ->
                List.of(
                        cts.times(ct, u(UnaryOp.LOG1P, b)),
                        cts.times(ct, exprs.binary(BinaryOp.XDIVY, a, add(c(1), b))));
            case XDIVY -> guardedQuotient(y, ct);
            case LOG_QUOTIENT -> List.of(cts.over(ct, a), cts.negate(cts.over(ct, b)));
            case RELATIVE_ENTROPY ->
                List.of(
                        cts.times(ct, add(exprs.binary(BinaryOp.LOG_QUOTIENT, a, b), c(1))),
                        cts.negate(cts.times(ct, exprs.binary(BinaryOp.XDIVY, a, b))));
            case LBETA ->
                List.of(
                        cts.negate(cts.times(ct, exprs.binary(BinaryOp.DIGAMMA_DIFFERENCE, a, b))),
                        cts.negate(cts.times(ct, exprs.binary(BinaryOp.DIGAMMA_DIFFERENCE, b, a))));
            case LGAMMA_DIFFERENCE ->
                List.of(
                        cts.times(ct, exprs.binary(BinaryOp.DIGAMMA_DIFFERENCE, a, b)),
                        cts.times(ct, u(UnaryOp.DIGAMMA, add(a, b))));
            case DIGAMMA_DIFFERENCE -> {
                Expr rise = exprs.binary(BinaryOp.TRIGAMMA_DIFFERENCE, a, b);
                yield List.of(cts.times(ct, rise), cts.times(ct, u(UnaryOp.TRIGAMMA, add(a, b))));
            }
            case TRIGAMMA_DIFFERENCE -> {
                Expr above = u(UnaryOp.TETRAGAMMA, add(a, b));
                yield List.of(cts.times(ct, sub(above, u(UnaryOp.TETRAGAMMA, a))), cts.times(ct, above));
            }
            case ROOT_OF_SQUARES -> throw new IllegalArgumentException("appears after differentiation only");
            case AND, OR -> List.of(cts.constant(0), cts.constant(0));
        };
    }

    /** The cotangents of the two sides of a select. */
    List<Expr> select(Expr.Select y, Expr ct) {
        return List.of(cts.where(y.condition(), ct), cts.whereNot(y.condition(), ct));
    }

    /** The cotangent of the body, with the reduction's index free. */
    Expr reduce(Expr.Reduce y, Expr ct) {
        return switch (y.op()) {
            case SUM -> ct;
            case PRODUCT -> cts.times(ct, productOfOthers(y));
            case MAX -> firstWinner(y, ReduceOp.ARG_MAX, ct);
            case MIN -> firstWinner(y, ReduceOp.ARG_MIN, ct);
            case LOG_SUM_EXP -> cts.times(ct, u(UnaryOp.EXP, sub(y.body(), y)), y);
            case NORM ->
                cts.timesShare(
                        ct,
                        y.body(),
                        y,
                        c -> cts.whereElseNan(
                                cts.compare(Comparison.GREATER, y, c(0)),
                                cts.times(c, exprs.binary(BinaryOp.DIVIDE, y.body(), y)),
                                y));
            case LOG_SUM_EXP_EXCESS -> throw new IllegalArgumentException("appears after differentiation only");
            case ARG_MAX, ARG_MIN -> cts.constant(0);
        };
    }

    /** A function that occurs only in second derivatives. */
    private static IllegalArgumentException beyondHessians(Expr.Unary y) {
        return new IllegalArgumentException("no formula is differentiated so often: " + y.op());
    }

    private Expr slopeOfAbsolute(Expr x) {
        Expr sign = u(UnaryOp.SIGN, x);
        return fromTheRight ? exprs.select(cts.compare(Comparison.GREATER_OR_EQUAL, x, c(0)), c(1), sign) : sign;
    }

    private Expr squareRoot(Expr.Unary y, Expr ct) {
        if (Positive.byConstruction(y)) {
            return cts.over(cts.times(ct, 0.5), y);
        }
        return NonNegative.byConstruction(y.operand())
                ? cts.whereElseNan(cts.compare(Comparison.GREATER, y, c(0)), cts.over(cts.times(ct, 0.5), y), y)
                : cts.over(cts.times(ct, 0.5), u(UnaryOp.ABS, y)); // the root of −0 is −0
    }

    /**
     * A factor, made finite where its product with the cotangent must be 0 because the value that it grows with is
     * infinite.
     */
    private Expr bounded(Expr factor, Expr value, Expr ct) {
        boolean above = Decay.vanishesAbove(ct, value);
        boolean below = factor == value ? Decay.vanishesBelow(ct, value) : above;
        Expr low = below ? exprs.binary(BinaryOp.MAX, factor, c(-(double) Float.MAX_VALUE)) : factor;
        return above ? exprs.binary(BinaryOp.MIN, low, c((double) Float.MAX_VALUE)) : low;
    }

    /** {@code x / y} for {@code y = 1 + x}, and {@code 1 − 1 / y} where its own slope would cancel. */
    private Expr ofSum(Expr y, Expr x) {
        Expr inverse = div(c(1), y);
        return exprs.select(cts.compare(Comparison.LESS, x, c(1)), mul(x, inverse), sub(c(1), inverse));
    }

    /** {@code 1 − x²}, exact near 1, and with a slope that is exact near 0. */
    private Expr oneMinusSquare(Expr x) {
        Expr isSmall = cts.compare(Comparison.LESS, u(UnaryOp.ABS, x), c(0.5));
        return exprs.select(isSmall, sub(c(1), u(UnaryOp.SQUARE, x)), mul(sub(c(1), x), add(c(1), x)));
    }

    /** {@code 1 − tanh²x} without cancellation. */
    private Expr hyperbolicTangent(Expr x, Expr ct) {
        Expr twice = mul(c(2), x);
        return cts.times(ct, mul(c(4), mul(u(UnaryOp.SIGMOID, twice), u(UnaryOp.SIGMOID, neg(twice)))));
    }

    private Expr winner(Comparison wins, Expr y, Expr self, Expr other, Expr ct) {
        Expr lost = cts.nanOrZero(ct, y);
        Expr tiedOrLost = active.test(other)
                ? exprs.select(cts.compare(Comparison.EQUAL, self, other), cts.times(ct, 0.5), lost)
                : lost;
        return exprs.select(cts.compare(wins, self, other), ct, tiedOrLost);
    }

    private Expr powerBase(Expr a, Expr b, Expr ct) {
        Expr slope = cts.times(cts.times(ct, b), exprs.binary(BinaryOp.POW, a, sub(b, c(1))));
        Expr masked = b instanceof Expr.Constant ? slope : cts.whereNot(cts.compare(Comparison.EQUAL, b, c(0)), slope);
        boolean mayBeRoot = !(b instanceof Expr.Constant c) || c.value() > 0 && c.value() < 1;
        return mayBeRoot && NonNegative.byConstruction(a) ? cts.whereNot(isRootOfZero(a, b), masked) : masked;
    }

    private Expr isRootOfZero(Expr a, Expr b) {
        Expr isRoot = exprs.binary(
                BinaryOp.AND, cts.compare(Comparison.GREATER, b, c(0)), cts.compare(Comparison.LESS, b, c(1)));
        return exprs.binary(BinaryOp.AND, cts.compare(Comparison.EQUAL, a, c(0)), isRoot);
    }

    private Expr leg(Expr leg, Expr hypotenuse, Expr ct) {
        return cts.timesShare(ct, leg, hypotenuse, c -> cts.times(c, exprs.binary(BinaryOp.XDIVY, leg, hypotenuse)));
    }

    /** The direction {@code a / hypot(a, b)} changes by {@code b² / hypot³}: the difference of its terms cancels. */
    private List<Expr> guardedQuotient(Expr.Binary y, Expr ct) {
        Expr a = y.left();
        Expr b = y.right();
        Expr isDefined = cts.compare(Comparison.NOT_EQUAL, b, c(0));
        List<Expr> legs = new ArrayList<>();
        collectLegs(b, legs);
        List<Expr> others = legs.stream().filter(leg -> leg != a).toList();
        if (!others.isEmpty()
                && others.size() == legs.size() - 1
                && others.stream().noneMatch(active)) {
            Expr other = others.stream()
                    .reduce((l, r) -> exprs.binary(BinaryOp.HYPOT, l, r))
                    .orElseThrow();
            Expr share = div(other, b);
            return List.of(cts.where(isDefined, cts.over(cts.times(cts.times(ct, share), share), b)), c(0));
        }
        return List.of(
                cts.where(isDefined, cts.over(ct, b)), cts.negate(cts.times(ct, exprs.binary(BinaryOp.XDIVY, y, b))));
    }

    private static void collectLegs(Expr node, List<Expr> legs) {
        if (node instanceof Expr.Binary b && b.op() == BinaryOp.HYPOT && legs.size() < MAX_LEGS) {
            collectLegs(b.left(), legs);
            collectLegs(b.right(), legs);
        } else {
            legs.add(node);
        }
    }

    private List<Expr> arcTangent(Expr y, Expr x, Expr ct) {
        Expr radius = exprs.binary(BinaryOp.HYPOT, y, x);
        Expr hasAngle = cts.compare(Comparison.GREATER, radius, c(0));
        return List.of(
                cts.whereElseNan(hasAngle, cts.over(cts.times(ct, div(x, radius)), radius), radius),
                cts.negate(cts.whereElseNan(hasAngle, cts.over(cts.times(ct, div(y, radius)), radius), radius)));
    }

    private Expr firstWinner(Expr.Reduce y, ReduceOp position, Expr ct) {
        Expr first = exprs.reduce(position, y.index(), y.body());
        return cts.whereElseNan(cts.compare(Comparison.EQUAL, y.index(), first), ct, y);
    }

    /** {@code Π} over all other indices; dividing the product by the factor would fail at zeros. */
    private Expr productOfOthers(Expr.Reduce y) {
        return exprs.reduce(
                ReduceOp.PRODUCT,
                y.index().extent(),
                other -> exprs.select(
                        exprs.compare(Comparison.EQUAL, other, y.index()),
                        c(1),
                        Substitution.of(exprs, y.index(), other).apply(y.body())));
    }

    private Expr c(double value) {
        return exprs.constant(value);
    }

    private Expr u(UnaryOp op, Expr x) {
        return exprs.unary(op, x);
    }

    private Expr neg(Expr x) {
        return exprs.unary(UnaryOp.NEGATE, x);
    }

    private Expr add(Expr a, Expr b) {
        return exprs.binary(BinaryOp.ADD, a, b);
    }

    private Expr sub(Expr a, Expr b) {
        return exprs.binary(BinaryOp.SUBTRACT, a, b);
    }

    private Expr mul(Expr a, Expr b) {
        return exprs.binary(BinaryOp.MULTIPLY, a, b);
    }

    private Expr div(Expr a, Expr b) {
        return exprs.binary(BinaryOp.DIVIDE, a, b);
    }
}
