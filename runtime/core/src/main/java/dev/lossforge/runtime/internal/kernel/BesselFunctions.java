package dev.lossforge.runtime.internal.kernel;

/**
 * The modified Bessel function {@code I₀} and the ratio {@code r = I₁ / I₀}, with its derivatives, to 1e-10, in double
 * precision.
 */
final class BesselFunctions {

    /** Largest argument for the power series; beyond it, the asymptotic series are exact. */
    private static final double ASYMPTOTIC = 30;

    /** Below this, the derivatives are the first terms of their series. */
    private static final double NEAR = 0.01;

    /**
     * The expansion of the ratio in {@code 1/x}, from {@code r′ = 1 − r/x − r²}: {@code 2aₘ = (m − 2)·aₘ₋₁ − Σ
     * aᵢ·aₘ₋ᵢ}.
     */
    private static final double[] RATIO = {
        1,
        -1 / 2.0,
        -1 / 8.0,
        -1 / 8.0,
        -25 / 128.0,
        -13 / 32.0,
        -1073 / 1024.0,
        -103 / 32.0,
        -375733 / 32768.0,
        -23797 / 512.0,
        -55384775 / 262144.0,
        -2180461 / 2048.0,
        -24713030909.0 / 4194304
    };

    private BesselFunctions() {}

    /** {@code log I₀(x)}; DLMF 10.25.2 and 10.40.1. */
    static double logI0(double x) {
        double a = Math.abs(x);
        if (!(a > ASYMPTOTIC)) {
            return Math.log1p(excess(a, 0));
        }
        double term = 1;
        double rest = 0;
        for (int k = 1; Math.abs(term) > 1e-17; k++) {
            term *= (2 * k - 1) * (2 * k - 1) / (8 * k * a);
            rest += term;
        }
        return a == Double.POSITIVE_INFINITY ? a : a - 0.5 * Math.log(2 * Math.PI * a) + Math.log1p(rest);
    }

    /** {@code n!·Σ (x²/4)ᵏ / (k!·(k + n)!)}, without its first term, which is 1. */
    private static double excess(double x, int n) {
        double term = 1;
        double sum = 0;
        for (int k = 1; term > 1e-17 * (1 + sum); k++) {
            term *= x * x / (4.0 * k * (k + n));
            sum += term;
        }
        return Double.isNaN(x) ? x : sum;
    }

    /** {@code I₁(x) / I₀(x)}. */
    static double ratio(double x) {
        double a = Math.abs(x);
        return a > ASYMPTOTIC ? Math.copySign(expansion(a, 0), x) : x / 2 * ((1 + excess(a, 1)) / (1 + excess(a, 0)));
    }

    /** {@code r′ = 1 − r/x − r²}. */
    static double slope(double x) {
        double a = Math.abs(x);
        double square = x * x;
        double r = ratio(a);
        double middle = 1 - r / a - r * r;
        double near = 0.5 - square * (3 / 16.0 - square * 5 / 96);
        return a < NEAR ? near : a > ASYMPTOTIC ? expansion(a, 1) : middle;
    }

    /** {@code r″ = r/x² − r′/x − 2·r·r′}. */
    static double curvature(double x) {
        double a = Math.abs(x);
        double square = x * x;
        double r = ratio(a);
        double middle = r / square - slope(a) / a - 2 * r * slope(a);
        double near = -a * (3 / 8.0 - square * (5 / 24.0 - square * 77 / 1024));
        return Math.copySign(1, x) * (a < NEAR ? near : a > ASYMPTOTIC ? expansion(a, 2) : middle);
    }

    /** The ratio, or its derivative of order 1 or 2, for large x. */
    private static double expansion(double x, int order) {
        double sum = 0;
        for (int m = RATIO.length - 1; m >= 0; m--) {
            double factor = order == 0 ? 1 : order == 1 ? -m : (double) m * (m + 1);
            sum = sum / x + factor * RATIO[m];
        }
        return sum / Math.pow(x, order);
    }
}
