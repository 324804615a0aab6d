package dev.lossforge.processor.testing;

/**
 * A value in double precision, and by how much a computation in another precision may miss it.
 *
 * @param error 0 if the computation must give exactly the value, be it NaN or an infinity; ∞ if rounding may lead
 *     anywhere, since it decides a condition, or since an intermediate result may overflow
 */
public record Approximation(double value, double error) {

    static Approximation exact(double value) {
        return new Approximation(value, 0);
    }

    static Approximation undecided(double value) {
        return new Approximation(value, Double.POSITIVE_INFINITY);
    }

    public boolean isDecided() {
        return error < Double.POSITIVE_INFINITY;
    }

    boolean isSurelyNaN() {
        return error == 0 && Double.isNaN(value);
    }

    /** Whether a computed value is one that rounding can explain. */
    public boolean admits(double computed) {
        if (!isDecided() || Double.compare(computed, value) == 0 || computed == value) {
            return true;
        }
        return Math.abs(computed - value) <= error;
    }

    public Approximation minus(Approximation other) {
        return new Approximation(value - other.value, error + other.error);
    }

    /** This value times a factor, in a precision. */
    public Approximation times(double factor, Precision precision) {
        double product = value * factor;
        boolean finite = isDecided() && Math.abs(product) <= precision.greatest();
        double own = finite && factor != 1 ? 3 * precision.roundoff() * Math.abs(product) + precision.least() : 0;
        boolean overflows = isDecided() && !finite && Math.abs(value) <= Double.MAX_VALUE;
        return overflows ? undecided(product) : new Approximation(product, error * Math.abs(factor) + own);
    }
}
