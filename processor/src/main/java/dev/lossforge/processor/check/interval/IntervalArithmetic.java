package dev.lossforge.processor.check.interval;

import dev.lossforge.processor.ir.BinaryOp;

/**
 * Operations of two operands on intervals. Where the pair of operands has no result, such as {@code 0 · ∞}, the result
 * of the other pairs is given.
 */
final class IntervalArithmetic {

    private static final double INFINITY = Double.POSITIVE_INFINITY;

    private IntervalArithmetic() {}

    /** An end of an interval: a number, and whether it is itself no value. */
    private record End(double value, boolean open) {

        static End low(Interval x) {
            return new End(x.low(), x.lowOpen());
        }

        static End high(Interval x) {
            return new End(x.high(), x.highOpen());
        }

        boolean isAttainedInfinity() {
            return Double.isInfinite(value) && !open;
        }

        /** An attained infinity swallows an open end; elsewhere one open end opens the result. */
        private End result(double result, End other) {
            boolean infinite = Double.isInfinite(result);
            return new End(
                    result, infinite ? !(isAttainedInfinity() || other.isAttainedInfinity()) : open || other.open);
        }

        End plus(End other, double otherwise) {
            double sum = value + other.value;
            if (!Double.isNaN(sum)) {
                return result(sum, other);
            }
            boolean bothAttained = isAttainedInfinity() && other.isAttainedInfinity();
            return bothAttained ? new End(otherwise, false) : isAttainedInfinity() ? this : other;
        }

        /** The limit 0 for {@code 0 · ∞}; a closed 0 makes a closed 0. */
        End times(End other) {
            if (value == 0 || other.value == 0) {
                boolean attained = value == 0 && !open || other.value == 0 && !other.open;
                return new End(0, !attained);
            }
            return result(value * other.value, other);
        }
    }

    static Interval add(Interval x, Interval y) {
        if (x.isEmpty() || y.isEmpty()) {
            return empty(x, y);
        }
        End low = End.low(x).plus(End.low(y), -INFINITY);
        End high = End.high(x).plus(End.high(y), INFINITY);
        return interval(low, high, false, x, y);
    }

    static Interval subtract(Interval x, Interval y) {
        return add(x, y.negated());
    }

    /** Whether a sum of them can be {@code ∞ − ∞}. */
    static boolean cancelsInfinities(Interval x, Interval y) {
        return x.contains(INFINITY) && y.contains(-INFINITY) || x.contains(-INFINITY) && y.contains(INFINITY);
    }

    static Interval multiply(Interval x, Interval y) {
        if (x.isEmpty() || y.isEmpty()) {
            return empty(x, y);
        }
        End[] products = {
            End.low(x).times(End.low(y)),
            End.low(x).times(End.high(y)),
            End.high(x).times(End.low(y)),
            End.high(x).times(End.high(y))
        };
        End low = products[0];
        End high = products[0];
        for (End product : products) {
            low = product.value < low.value || product.value == low.value && !product.open ? product : low;
            high = product.value > high.value || product.value == high.value && !product.open ? product : high;
        }
        return interval(low, high, !x.contains(0) && !y.contains(0), x, y);
    }

    /** Whether a product of them can be {@code 0 · ∞}. */
    static boolean multipliesZeroByInfinity(Interval x, Interval y) {
        return x.contains(0) && y.hasInfinity() || y.contains(0) && x.hasInfinity();
    }

    /** The quotients by all divisors but 0. */
    static Interval divide(Interval x, Interval y) {
        return multiply(x, reciprocal(y.exceptZero()));
    }

    private static Interval reciprocal(Interval y) {
        if (y.isEmpty()) {
            return y;
        }
        if (y.low() < 0 && y.high() > 0) {
            return Interval.FINITE.exceptZero().withNan(y.nan());
        }
        return new Interval(
                y.high() == 0 ? -INFINITY : 1 / y.high(),
                y.highOpen(),
                y.low() == 0 ? INFINITY : 1 / y.low(),
                y.lowOpen(),
                false,
                y.nan());
    }

    /** Quotients of whole numbers, towards 0. */
    static Interval divideWhole(Interval x, Interval y) {
        return IntervalFunctions.truncate(divide(x, y));
    }

    static Interval remainder(Interval x, Interval y) {
        if (x.isEmpty() || y.isEmpty()) {
            return empty(x, y);
        }
        double limit = Math.min(y.magnitude().high(), x.magnitude().high());
        return Interval.of(x.low() < 0 ? -limit : 0, x.high() > 0 ? limit : 0).withNan(x.nan() || y.nan());
    }

    static Interval max(Interval x, Interval y) {
        if (x.isEmpty() || y.isEmpty()) {
            return empty(x, y);
        }
        boolean hole = !x.contains(0) && !y.contains(0);
        Interval lower = x.low() > y.low() || x.low() == y.low() && x.lowOpen() ? x : y;
        Interval upper = x.high() > y.high() || x.high() == y.high() && !x.highOpen() ? x : y;
        return interval(End.low(lower), End.high(upper), hole, x, y);
    }

    static Interval min(Interval x, Interval y) {
        return max(x.negated(), y.negated()).negated();
    }

    /** {@code e^(y · log x)} for {@code x ≥ 0}; by {@code x⁰ = 1} the product {@code 0 · (−∞)} is 0. */
    static Interval power(Interval x, Interval y) {
        Interval logarithm = IntervalFunctions.log(x);
        return IntervalFunctions.exp(multiply(y, logarithm));
    }

    /** {@code xⁿ} for a whole n, which negative x have too. */
    static Interval wholePower(Interval x, double n) {
        if (n < 0) {
            return divide(Interval.point(1), wholePower(x, -n));
        }
        if (n == 0) {
            return Interval.point(1).withNan(x.nan());
        }
        boolean even = Math.rint(n / 2) * 2 == n;
        return IntervalFunctions.wholePower(even ? x.magnitude() : x, n);
    }

    static Interval hypotenuse(Interval x, Interval y) {
        Interval squares = add(IntervalFunctions.square(x), IntervalFunctions.square(y));
        return IntervalFunctions.sqrt(squares);
    }

    /** {@code x · log y} with 0 for {@code x = 0}. */
    static Interval timesLogarithm(BinaryOp op, Interval x, Interval y) {
        return multiply(x, op == BinaryOp.XLOGY ? IntervalFunctions.log(y) : IntervalFunctions.log1p(y));
    }

    private static Interval empty(Interval x, Interval y) {
        return Interval.EMPTY.withNan(x.nan() || y.nan());
    }

    private static Interval interval(End low, End high, boolean withoutZero, Interval x, Interval y) {
        return new Interval(low.value, low.open, high.value, high.open, withoutZero, x.nan() || y.nan());
    }
}
