package dev.lossforge.processor.check.interval;

import java.util.Locale;

/**
 * A set of numbers that contains all values of an expression. An infinite end is open where the values are finite but
 * unbounded, and closed where the infinity itself is a value, as in log 0 = −∞.
 *
 * @param lowOpen whether {@code low} itself is not a value
 * @param highOpen whether {@code high} itself is not a value
 * @param withoutZero whether 0 is not a value, though between the ends
 * @param nan whether NaN is a value too: the formula writes it, or a risk of it has been found below
 */
public record Interval(double low, boolean lowOpen, double high, boolean highOpen, boolean withoutZero, boolean nan) {

    private static final double INFINITY = Double.POSITIVE_INFINITY;

    /** No number at all: the value of what is never computed. */
    public static final Interval EMPTY = new Interval(INFINITY, true, -INFINITY, true, false, false);

    /** Every finite number. */
    public static final Interval FINITE = of(-INFINITY, INFINITY);

    /** The truth values: 0 for false, 1 for true. */
    public static final Interval BOOLEAN = of(0, 1);

    /** Zero, every greater number, and infinity. */
    static final Interval NOT_NEGATIVE = of(0, INFINITY).union(point(INFINITY));

    public Interval {
        if (low > high || low == high && (lowOpen || highOpen) || withoutZero && low == 0 && high == 0) {
            low = INFINITY;
            lowOpen = true;
            high = -INFINITY;
            highOpen = true;
        }
        lowOpen |= withoutZero && low == 0;
        highOpen |= withoutZero && high == 0;
        withoutZero &= low < 0 && high > 0;
        low += 0.0; // no negative zero
        high += 0.0;
    }

    /** The finite numbers from {@code low} to {@code high}, both included if finite. */
    public static Interval of(double low, double high) {
        return new Interval(low, Double.isInfinite(low), high, Double.isInfinite(high), false, false);
    }

    /** The numbers above {@code low}. */
    public static Interval above(double low) {
        return new Interval(low, true, INFINITY, true, false, false);
    }

    /** One number; infinite if need be. NaN gives no number, and NaN. */
    public static Interval point(double value) {
        return Double.isNaN(value) ? EMPTY.orNan() : new Interval(value, false, value, false, false, false);
    }

    /** The numbers strictly between two. */
    static Interval between(double low, double high) {
        return new Interval(low, true, high, true, false, false);
    }

    public boolean isEmpty() {
        return low > high;
    }

    public boolean isPoint() {
        return low == high && !nan;
    }

    public boolean contains(double value) {
        boolean aboveLow = lowOpen ? value > low : value >= low;
        boolean belowHigh = highOpen ? value < high : value <= high;
        return aboveLow && belowHigh && !(withoutZero && value == 0);
    }

    /** Whether every number of this is one of the other. */
    public boolean isWithin(Interval other) {
        return isEmpty() || intersect(other).withNan(nan).equals(this);
    }

    /** Whether −∞ or +∞ is among the values. */
    public boolean hasInfinity() {
        return contains(INFINITY) || contains(-INFINITY);
    }

    /** Whether some value is below 0. */
    public boolean hasNegative() {
        return low < 0;
    }

    /** The least interval with the values of both. */
    public Interval union(Interval other) {
        boolean anyNan = nan || other.nan;
        if (isEmpty() || other.isEmpty()) {
            return (isEmpty() ? other : this).withNan(anyNan);
        }
        boolean hole = !contains(0) && !other.contains(0);
        Interval lower = low < other.low || low == other.low && !lowOpen ? this : other;
        Interval upper = high > other.high || high == other.high && !highOpen ? this : other;
        return new Interval(lower.low, lower.lowOpen, upper.high, upper.highOpen, hole, anyNan);
    }

    /** The values of this that are among those of the other; NaN if it is one of this. */
    public Interval intersect(Interval other) {
        boolean hole = withoutZero || other.withoutZero;
        Interval lower = low > other.low || low == other.low && lowOpen ? this : other;
        Interval upper = high < other.high || high == other.high && highOpen ? this : other;
        return new Interval(lower.low, lower.lowOpen, upper.high, upper.highOpen, hole, nan);
    }

    public Interval exceptZero() {
        return new Interval(low, lowOpen, high, highOpen, true, nan);
    }

    /** One more than each of the values. */
    public Interval plusOne() {
        return IntervalArithmetic.add(this, point(1));
    }

    /** All between the ends, 0 included. */
    Interval filled() {
        return new Interval(low, lowOpen, high, highOpen, false, nan);
    }

    /** The same values, the infinities apart. */
    Interval finite() {
        return intersect(FINITE);
    }

    Interval orNan() {
        return withNan(true);
    }

    Interval withNan(boolean possible) {
        return possible == nan ? this : new Interval(low, lowOpen, high, highOpen, withoutZero, possible);
    }

    /** The whole numbers among the values. */
    Interval whole() {
        return new Interval(
                        wholeLow(), Double.isInfinite(low) && lowOpen, wholeHigh(), highIsUnbounded(), withoutZero, nan)
                .closeHole();
    }

    private boolean highIsUnbounded() {
        return Double.isInfinite(high) && highOpen;
    }

    private double wholeLow() {
        return lowOpen && Math.rint(low) == low ? low + 1 : Math.ceil(low);
    }

    private double wholeHigh() {
        return highOpen && Math.rint(high) == high ? high - 1 : Math.floor(high);
    }

    /** Where 0 was left out at an end, the next whole number is the end. */
    private Interval closeHole() {
        return lowOpen && low == 0 || highOpen && high == 0 ? whole() : this;
    }

    Interval negated() {
        return new Interval(-high, /* lowOpen= */ highOpen, -low, /* highOpen= */ lowOpen, withoutZero, nan);
    }

    /** The absolute values. */
    Interval magnitude() {
        if (isEmpty() || low >= 0) {
            return this;
        }
        if (high <= 0) {
            return negated();
        }
        boolean open = high > -low ? highOpen : -low > high ? lowOpen : lowOpen && highOpen;
        return new Interval(0, withoutZero, Math.max(-low, high), open, false, nan);
    }

    /** As mathematics writes it: {@code [0, ∞)}, {@code (−∞, ∞) without 0}. */
    @Override
    public String toString() {
        if (isEmpty()) {
            return "{}";
        }
        if (low == high) {
            return "{" + text(low) + "}";
        }
        return (lowOpen ? "(" : "[") + text(low) + ", " + text(high) + (highOpen ? ")" : "]")
                + (withoutZero ? " without 0" : "");
    }

    /** A number as mathematics writes it. */
    public static String text(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "∞" : "−∞";
        }
        String digits = value == Math.rint(value) && Math.abs(value) < 1e7
                ? String.format(Locale.ROOT, "%.0f", value)
                : Float.toString((float) value);
        return digits.replace('-', '−');
    }
}
