package dev.lossforge.processor.check.interval;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.ReferenceMath;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.function.DoubleUnaryOperator;

/** Functions of one operand on intervals. What of the operand is outside the function's domain is left out. */
final class IntervalFunctions {

    private static final double INFINITY = Double.POSITIVE_INFINITY;

    /** Where log-gamma of positive numbers is least. */
    private static final double LOG_GAMMA_MINIMUM_AT = 1.4616321449683623;

    private IntervalFunctions() {}

    static Interval apply(UnaryOp op, Interval x) {
        if (x.isEmpty()) {
            return x;
        }
        Interval inside = Domain.of(op).map(d -> x.intersect(d.values())).orElse(x);
        return switch (op) {
            case NEGATE -> x.negated();
            case ABS -> x.magnitude();
            case SQUARE -> square(x);
            case COSH, LOG_COSH -> smooth(op, x.magnitude(), Interval.of(op == UnaryOp.COSH ? 1 : 0, INFINITY));
            case ACOSH, ASIN, ATANH, LOG, LOG1P, SQRT -> increasing(op, inside);
            case LOG1M_EXP, ACOS -> decreasing(op, inside);
            case EXPM1_REST -> rest(v -> ReferenceMath.apply(op, v), x, 0);
            case LOG1P_REST -> rest(v -> -ReferenceMath.apply(op, v), inside, 0).negated();
            case LOG_REST -> rest(v -> -ReferenceMath.apply(op, v), inside, 1).negated();
            case LGAMMA, DIGAMMA, TRIGAMMA, TETRAGAMMA, PENTAGAMMA -> gamma(op, x, inside);
            case LOG_BESSEL_I0 -> smooth(op, x.magnitude(), Interval.of(0, INFINITY));
            case BESSEL_I1_I0 -> smooth(op, x, Interval.between(-1, 1));
            case BESSEL_SLOPE -> Interval.of(0, 0.5).withNan(x.nan());
            case BESSEL_CURVATURE -> Interval.of(-1, 1).withNan(x.nan());
            case EXP -> exp(x);
            case EXPM1 -> smooth(op, x, Interval.above(-1));
            case SIN, COS -> Interval.of(-1, 1).withNan(x.nan());
            case TAN -> Interval.FINITE.withNan(x.nan());
            case ATAN -> smooth(op, x, Interval.between(-Math.PI / 2, Math.PI / 2));
            case SINH, ASINH -> smooth(op, x, Interval.FINITE);
            case TANH, ERF -> smooth(op, x, Interval.between(-1, 1));
            case ERFC -> opposite(op, x, Interval.between(0, 2));
            case NORMAL_CDF -> smooth(op, x, Interval.between(0, 1));
            case LOG_NORMAL_CDF -> smooth(op, x, Interval.between(-INFINITY, 0));
            case NORMAL_QUANTILE -> increasing(op, inside);
            case INVERSE_MILLS -> Interval.of(0, INFINITY).withNan(x.nan());
            case MILLS_SLOPE -> Interval.of(-1, 0).withNan(x.nan());
            case SIGMOID -> smooth(op, x, Interval.between(0, 1));
            case SOFTPLUS -> smooth(op, x, Interval.above(0));
            case LOG_SIGMOID -> smooth(op, x, Interval.between(-INFINITY, 0));
            case FLOOR, CEIL, ROUND -> step(op, x);
            case SIGN -> sign(x);
            case TO_INT -> truncate(x);
            case NAN_OR_ZERO -> Interval.point(0).withNan(x.nan());
            case STOP_GRADIENT, TO_FLOAT -> x;
            case NOT -> IntervalArithmetic.subtract(Interval.point(1), x);
        };
    }

    /** Of a function that falls. */
    private static Interval opposite(UnaryOp op, Interval x, Interval range) {
        return increasing(v -> ReferenceMath.apply(op, -v), x.negated(), range);
    }

    static Interval square(Interval x) {
        return increasing(v -> v * v, x.magnitude(), Interval.of(0, INFINITY));
    }

    /** {@code xⁿ} for n > 0, where it rises with x. */
    static Interval wholePower(Interval x, double n) {
        Interval power = increasing(v -> Math.pow(v, n), x, Interval.FINITE);
        return !x.contains(0) ? power.exceptZero() : power;
    }

    static Interval sqrt(Interval x) {
        return apply(UnaryOp.SQRT, x);
    }

    static Interval exp(Interval x) {
        return smooth(UnaryOp.EXP, x, Interval.above(0));
    }

    static Interval log(Interval x) {
        return apply(UnaryOp.LOG, x);
    }

    static Interval log1p(Interval x) {
        return apply(UnaryOp.LOG1P, x);
    }

    /** {@code x · log x}: 0 at 0, least at 1/e. */
    static Interval timesOwnLogarithm(Interval x) {
        Interval positive = x.intersect(Interval.of(0, INFINITY).union(Interval.point(INFINITY)));
        DoubleUnaryOperator f = v -> ReferenceMath.apply(BinaryOp.XLOGY, Type.FLOAT, v, v);
        Interval falling = positive.intersect(Interval.of(0, 1 / Math.E));
        Interval rising = positive.intersect(Interval.of(1 / Math.E, INFINITY).union(Interval.point(INFINITY)));
        Interval fallen = falling.isEmpty()
                ? falling
                : image(v -> -f.applyAsDouble(v), falling, false).negated();
        return fallen.union(rising.isEmpty() ? rising : image(f, rising, false)).withNan(x.nan());
    }

    /** Towards 0, as a cast to int. */
    static Interval truncate(Interval x) {
        return increasing(v -> v < 0 ? Math.ceil(v) : Math.floor(v), closed(x), Interval.FINITE);
    }

    private static Interval step(UnaryOp op, Interval x) {
        return increasing(v -> ReferenceMath.apply(op, v), closed(x), Interval.FINITE);
    }

    /** A step takes the value it has at an open end: numbers near it round to the same. */
    private static Interval closed(Interval x) {
        return new Interval(
                x.low(),
                x.lowOpen() && Double.isInfinite(x.low()),
                x.high(),
                x.highOpen() && Double.isInfinite(x.high()),
                false,
                x.nan());
    }

    private static Interval sign(Interval x) {
        double low = x.low() < 0 ? -1 : x.contains(0) ? 0 : 1;
        double high = x.high() > 0 ? 1 : x.contains(0) ? 0 : -1;
        return new Interval(low, false, high, false, !x.contains(0), x.nan());
    }

    /** Functions with poles at 0, −1, −2 …, between which they have values of any size. */
    private static Interval gamma(UnaryOp op, Interval x, Interval positive) {
        if (x.low() < 0) {
            return Interval.FINITE.withNan(x.nan());
        }
        return switch (op) {
            case DIGAMMA -> increasing(op, positive);
            case TRIGAMMA, PENTAGAMMA -> decreasing(op, positive).intersect(Interval.of(0, INFINITY));
            case TETRAGAMMA -> increasing(op, positive).intersect(Interval.of(-INFINITY, 0));
            default -> logGamma(positive);
        };
    }

    /** Falls to its minimum and rises from there. */
    private static Interval logGamma(Interval x) {
        Interval falling = x.intersect(Interval.of(0, LOG_GAMMA_MINIMUM_AT));
        Interval rising =
                x.intersect(Interval.of(LOG_GAMMA_MINIMUM_AT, INFINITY).union(Interval.point(INFINITY)));
        return decreasing(UnaryOp.LGAMMA, falling).union(increasing(UnaryOp.LGAMMA, rising));
    }

    /** A function that falls to 0 at a number and rises from there. */
    private static Interval rest(DoubleUnaryOperator f, Interval x, double zero) {
        Interval below = x.intersect(Interval.of(-INFINITY, zero).union(Interval.point(-INFINITY)));
        Interval above = x.intersect(Interval.of(zero, INFINITY).union(Interval.point(INFINITY)));
        Interval falling = below.isEmpty()
                ? below
                : image(v -> -f.applyAsDouble(v), below, false).negated();
        return falling.union(above.isEmpty() ? above : image(f, above, false)).withNan(x.nan());
    }

    /** An increasing function that takes finite numbers to those inside {@code range}, which rounding may leave. */
    private static Interval smooth(UnaryOp op, Interval x, Interval range) {
        Interval image = increasing(v -> ReferenceMath.apply(op, v), x, range);
        return ReferenceMath.apply(op, 0) == 0 && !x.contains(0) ? image.exceptZero() : image;
    }

    private static Interval increasing(DoubleUnaryOperator f, Interval x, Interval range) {
        if (x.isEmpty()) {
            return x;
        }
        Interval finite = x.finite();
        return (finite.isEmpty() ? finite : image(f, finite, false).intersect(range))
                .union(infinite(f, x, -INFINITY))
                .union(infinite(f, x, INFINITY))
                .withNan(x.nan());
    }

    private static Interval infinite(DoubleUnaryOperator f, Interval x, double infinity) {
        return x.contains(infinity) ? Interval.point(f.applyAsDouble(infinity)) : Interval.EMPTY;
    }

    /** An increasing function whose poles are at the ends of its domain. */
    private static Interval increasing(UnaryOp op, Interval x) {
        boolean neverZero = switch (op) {
            case LOG, ACOSH -> !x.contains(1);
            case SQRT, ASIN, ATANH, LOG1P -> !x.contains(0);
            default -> false;
        };
        return x.isEmpty() ? x : image(v -> limit(op, v), x, neverZero);
    }

    private static Interval decreasing(UnaryOp op, Interval x) {
        return x.isEmpty() ? x : image(v -> -limit(op, v), x, false).negated();
    }

    /** Ends that rounding has brought together are moved apart, or nothing would be between them. */
    private static Interval image(DoubleUnaryOperator f, Interval x, boolean withoutZero) {
        double high = f.applyAsDouble(x.high());
        double low = f.applyAsDouble(x.low());
        boolean together = (x.lowOpen() || x.highOpen()) && low >= high && x.low() < x.high() && Double.isFinite(low);
        return new Interval(
                together ? Math.nextDown(high) : low, x.lowOpen(), high, x.highOpen(), withoutZero, x.nan());
    }

    /** The value at a number or at a pole. */
    private static double limit(UnaryOp op, double x) {
        return switch (op) {
            case DIGAMMA, TETRAGAMMA -> x == 0 ? -INFINITY : ReferenceMath.apply(op, x);
            case TRIGAMMA, PENTAGAMMA -> x == 0 ? INFINITY : ReferenceMath.apply(op, x);
            default -> ReferenceMath.apply(op, x);
        };
    }
}
