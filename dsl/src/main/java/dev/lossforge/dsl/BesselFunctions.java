package dev.lossforge.dsl;

/** The modified Bessel function {@code I₀} and the ratio {@code r = I₁ / I₀}, to 1e-14, in double precision. */
final class BesselFunctions {

    /** Largest argument for the power series; beyond it, the asymptotic series are exact. */
    private static final double ASYMPTOTIC = 30;

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
        return a > ASYMPTOTIC ? Math.copySign(expansion(a), x) : x / 2 * ((1 + excess(a, 1)) / (1 + excess(a, 0)));
    }

    private static double expansion(double x) {
        double sum = 0;
        for (int m = RATIO.length - 1; m >= 0; m--) {
            sum = sum / x + RATIO[m];
        }
        return sum;
    }
}
