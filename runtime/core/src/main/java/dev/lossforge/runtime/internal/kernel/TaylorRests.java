package dev.lossforge.runtime.internal.kernel;

/** What functions are without the first terms of their series, of which near 0 nothing is left but rounding errors. */
final class TaylorRests {

    /** Below this series are summed, whose terms fall by more than it. */
    private static final double NEAR = 0.125;

    private TaylorRests() {}

    /** {@code expm1(x) − x}: near 0 {@code Σ xⁿ / n!} from 2 on. */
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

    /** {@code log1p(x) − x}: near 0 {@code −Σ (−x)ⁿ / n} from 2 on. */
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

    /** {@code log x − (x − 1)}: beside 1 the difference is exact. */
    static double log(double x) {
        return x > 0.5 ? log1p(x - 1) : Math.log(x) - (x - 1);
    }
}
