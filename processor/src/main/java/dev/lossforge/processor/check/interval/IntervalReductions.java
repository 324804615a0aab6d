package dev.lossforge.processor.check.interval;

import dev.lossforge.processor.ir.ReduceOp;

/** Reductions on intervals: of any number of values from one interval, the number from another. */
final class IntervalReductions {

    private static final double INFINITY = Double.POSITIVE_INFINITY;
    private static final Interval UNIT = Interval.of(0, 1);
    private static final Interval FROM_ONE = Interval.of(1, INFINITY).union(Interval.point(INFINITY));
    private static final Interval NOT_NEGATIVE = Interval.of(0, INFINITY).union(Interval.point(INFINITY));

    private IntervalReductions() {}

    /** @param count how many values; below 1 there are none */
    static Interval apply(ReduceOp op, Interval count, Interval value) {
        Interval some = count.intersect(Interval.of(1, INFINITY));
        Interval ofSome = some.isEmpty() || value.isEmpty() ? Interval.EMPTY : ofSome(op, some, value);
        Interval result = count.low() < 1 || value.isEmpty() ? ofSome.union(Interval.point(ofNone(op))) : ofSome;
        return result.withNan(value.nan());
    }

    private static double ofNone(ReduceOp op) {
        return switch (op) {
            case SUM, LOG_SUM_EXP_EXCESS, NORM -> 0;
            case PRODUCT -> 1;
            case MAX, LOG_SUM_EXP -> -INFINITY;
            case MIN -> INFINITY;
            case ARG_MAX, ARG_MIN -> -1;
        };
    }

    private static Interval ofSome(ReduceOp op, Interval count, Interval value) {
        return switch (op) {
            case SUM -> IntervalArithmetic.multiply(count, value).union(sumToZero(value));
            case PRODUCT -> product(count, value);
            case MAX, MIN -> value;
            case LOG_SUM_EXP -> IntervalArithmetic.add(value, IntervalFunctions.log(count));
            case LOG_SUM_EXP_EXCESS -> IntervalFunctions.log(count).union(Interval.point(0));
            case NORM -> Interval.of(0, INFINITY);
            case ARG_MAX, ARG_MIN -> new Interval(0, false, count.high() - 1, count.highOpen(), false, false);
        };
    }

    /** Values of both signs may add up to 0, though none of them is 0. */
    private static Interval sumToZero(Interval value) {
        return value.low() < 0 && value.high() > 0 ? Interval.point(0) : Interval.EMPTY;
    }

    private static Interval product(Interval count, Interval value) {
        if (count.isPoint() && count.low() == 1) {
            return value;
        }
        if (value.isWithin(UNIT) || value.isWithin(FROM_ONE)) {
            return value.isWithin(UNIT)
                    ? new Interval(0, !value.contains(0), value.high(), value.highOpen(), false, false)
                    : new Interval(value.low(), value.lowOpen(), INFINITY, !value.contains(INFINITY), false, false);
        }
        Interval all = value.isWithin(NOT_NEGATIVE) ? Interval.of(0, INFINITY) : Interval.FINITE;
        Interval withInfinities = value.hasInfinity() ? all.union(Interval.point(INFINITY)) : all;
        Interval signed = value.hasInfinity() && value.low() < 0
                ? withInfinities.union(Interval.point(-INFINITY))
                : withInfinities;
        return value.contains(0) ? signed : signed.exceptZero();
    }
}
