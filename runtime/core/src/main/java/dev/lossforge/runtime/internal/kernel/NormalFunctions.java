package dev.lossforge.runtime.internal.kernel;

/** The normal distribution and the functions that its logarithm needs, in double precision, to 1e-12 or better. */
final class NormalFunctions {

    private NormalFunctions() {}

    /** Smallest argument for which the continued fraction of 60 levels is exact. */
    private static final double FRACTION_FROM = 2;

    private static final double ROOT_HALF = Math.sqrt(0.5);

    /** {@code e^(x²)·erfc x} for x ≥ 0: DLMF 7.9.2 from 2 on. */
    private static double scaledErfc(double x) {
        if (x < FRACTION_FROM) {
            return Math.exp(x * x) * (1 - SpecialFunctions.erf(x));
        }
        double below = x;
        for (int n = 60; n > 0; n--) {
            below = x + n / (2 * below);
        }
        return 1 / (Math.sqrt(Math.PI) * below);
    }

    static double erfc(double x) {
        return x < 0.5 ? 1 - SpecialFunctions.erf(x) : Math.exp(-x * x) * scaledErfc(x);
    }

    static double normalCdf(double x) {
        return 0.5 * erfc(-x * ROOT_HALF);
    }

    static double logNormalCdf(double x) {
        double t = -x * ROOT_HALF;
        return x < -1 ? Math.log(0.5 * scaledErfc(t)) - t * t : Elementary.log1p(-0.5 * erfc(-t));
    }

    /** {@code φ(x) / Φ(x)}. */
    static double inverseMills(double x) {
        return x < 0
                ? Math.sqrt(2 / Math.PI) / scaledErfc(-x * ROOT_HALF)
                : Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI) / normalCdf(x);
    }

    /** {@code −r·(x + r)} with {@code r = φ(x) / Φ(x)}; far to the left, where that sum cancels, by its expansion. */
    static double millsSlope(double x) {
        double r = inverseMills(x);
        return x < -1000 ? 1 / (x * x) - 1 : r == 0 ? -0.0 * r : -r * (x + r);
    }

    /**
     * The x with {@code Φ(x) = p}, by Newton's method on {@code log Φ}, which is concave, so a step from the left never
     * overshoots.
     */
    static double normalQuantile(double p) {
        if (!(p > 0 && p < 1)) {
            return p == 0 ? Double.NEGATIVE_INFINITY : p == 1 ? Double.POSITIVE_INFINITY : Double.NaN;
        }
        if (p > 0.5) {
            return -normalQuantile(1 - p);
        }
        double log = Math.log(p);
        double x = -Math.sqrt(-2 * log);
        for (int step = 0; step < 30; step++) {
            double change = (log - logNormalCdf(x)) / inverseMills(x);
            x += change;
            if (Math.abs(change) <= 1e-15 * Math.abs(x)) {
                break;
            }
        }
        return p == 0.5 ? 0 : x;
    }
}
