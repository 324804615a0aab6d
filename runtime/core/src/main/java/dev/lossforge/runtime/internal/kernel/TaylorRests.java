package dev.lossforge.runtime.internal.kernel;

/**
 * Functions without the first terms of their Taylor series. Near 0, direct subtraction of these terms would leave only
 * rounding errors.
 */
final class TaylorRests {

    /**
     * Below this magnitude, the series are summed. Each term is smaller than the previous one by at least this factor.
     */
    private static final double NEAR = 0.125;

    private TaylorRests() {}

    /** {@code expm1(x) − x}; near 0, {@code Σ xⁿ / n!} from n = 2 on. */
    static double expm1(double x) {
        if (x == Double.POSITIVE_INFINITY) {
            return x;
        }
        if (!(Math.abs(x) < NEAR)) {
            return Math.expm1(x) - x;
        }
        double term = x * x / 2;
        double sum = term;
        for (int n = 3; Math.abs(term) > 1e-17 * sum; n++) {
            term *= x / n;
            sum += term;
        }
        return sum;
    }

    /** {@code log1p(x) − x}; near 0, {@code −Σ (−x)ⁿ / n} from n = 2 on. */
    static double log1p(double x) {
        if (x == Double.POSITIVE_INFINITY) {
            return -x;
        }
        if (!(Math.abs(x) < NEAR)) {
            return Math.log1p(x) - x;
        }
        double power = x * x;
        double sum = power / 2;
        for (int n = 3; Math.abs(power) > 1e-17 * sum; n++) {
            power *= -x;
            sum += power / n;
        }
        return 0 - sum; // not −0
    }

    /** {@code log x − (x − 1)}; near 1, {@code x − 1} is exact. */
    static double log(double x) {
        return x > 0.5 ? log1p(x - 1) : Math.log(x) - (x - 1);
    }
}
