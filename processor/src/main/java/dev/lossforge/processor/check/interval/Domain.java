package dev.lossforge.processor.check.interval;

import dev.lossforge.processor.ir.UnaryOp;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * Where a function is defined, its poles included: {@code log 0 = −∞} is a value, the limit of those beside it.
 *
 * @param values the operands that it has a value for
 * @param needs the same in words, after "needs an operand"
 * @param range the attributes by which an input is declared to be inside
 * @param guard the condition under which an operand x is inside, as code
 * @param clamp what brings an operand x inside, as code
 */
public record Domain(Interval values, String needs, String range, String guard, String clamp) {

    /** The logarithm of the greatest float, rounded down. */
    static final double FLOAT_LOGARITHM = 88.7;

    private static final double INFINITY = Double.POSITIVE_INFINITY;

    private static final Domain NOT_NEGATIVE = new Domain(from(0), "≥ 0", "min = 0", "x > 0", "max(x, 1e-6f)");
    private static final Domain POSITIVE = new Domain(
            Interval.above(0).union(Interval.point(INFINITY)), "> 0", "min = 1e-6", "x > 0", "max(x, 1e-6f)");
    private static final Domain UNIT = new Domain(
            Interval.of(-1, 1), "in [−1, 1]", "min = -1, max = 1", "abs(x) < 1", "clamp(x, -0.999999f, 0.999999f)");

    /** The domain of a function; empty if it is defined everywhere. */
    public static Optional<Domain> of(UnaryOp op) {
        return Optional.ofNullable(
                switch (op) {
                    case LOG, LOG_REST, SQRT, LGAMMA -> NOT_NEGATIVE;
                    case LOG1P, LOG1P_REST -> new Domain(from(-1), "≥ −1", "min = -1", "x > -1", "max(x, -0.999999f)");
                    case LOG1M_EXP -> new Domain(from(0).negated(), "≤ 0", "max = 0", "x < 0", "min(x, -1e-6f)");
                    case ASIN, ACOS, ATANH -> UNIT;
                    case ACOSH -> new Domain(from(1), "≥ 1", "min = 1", "x > 1", "max(x, 1.000001f)");
                    case DIGAMMA, TRIGAMMA, TETRAGAMMA, PENTAGAMMA -> POSITIVE;
                    case NORMAL_QUANTILE ->
                        new Domain(
                                Interval.of(0, 1),
                                "in [0, 1]",
                                "min = 0, max = 1",
                                "x > 0 && x < 1",
                                "clamp(x, 1e-6f, 0.999999f)");
                    case SIN, COS, TAN ->
                        new Domain(
                                Interval.FINITE,
                                "that is finite",
                                "min = -1e6, max = 1e6",
                                "abs(x) < 1e6f",
                                "clamp(x, -1e6f, 1e6f)");
                    default -> null;
                });
    }

    /** From a number to +∞, that included. */
    private static Interval from(double low) {
        return new Interval(low, false, INFINITY, false, false, false);
    }

    /** The operand above which an exponential overflows float, rounded down; empty for other functions. */
    static Optional<Double> overflowsAbove(UnaryOp op) {
        return switch (op) {
            case EXP, EXPM1 -> Optional.of(FLOAT_LOGARITHM);
            case SINH, COSH -> Optional.of(89.4);
            default -> Optional.empty();
        };
    }

    /** Where a function has a value, but its graph is vertical. */
    static DoubleStream verticalAt(UnaryOp op) {
        return switch (op) {
            case SQRT -> DoubleStream.of(0);
            case ASIN, ACOS -> DoubleStream.of(1, -1);
            case ACOSH -> DoubleStream.of(1);
            default -> DoubleStream.empty();
        };
    }
}
