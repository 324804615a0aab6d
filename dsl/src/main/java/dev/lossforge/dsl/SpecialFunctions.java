package dev.lossforge.dsl;

/**
 * The special functions used by {@link Formulas}, in double precision. For arguments that are floats, the error of a
 * value v is below {@code 1e-14 (1 + |v|)}.
 */
final class SpecialFunctions {

    /** Smallest argument for which the asymptotic series below reach double precision. */
    private static final double ASYMPTOTIC_FROM = 10;

    /** Coefficients of {@code 1/x, 1/x³, …} in Stirling's series: {@code B₂ₖ / (2k (2k − 1))}. */
    private static final double[] STIRLING = {
        1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360360, 1.0 / 156, -3617.0 / 122400
    };

    /** Coefficients of {@code 1/x², 1/x⁴, …} in digamma's series: {@code B₂ₖ / 2k}. */
    private static final double[] DIGAMMA = {
        1.0 / 12, -1.0 / 120, 1.0 / 252, -1.0 / 240, 1.0 / 132, -691.0 / 32760, 1.0 / 12, -3617.0 / 8160
    };

    /** Coefficients of {@code 1/x³, 1/x⁵, …} in trigamma's series: the Bernoulli numbers {@code B₂ₖ}. */
    private static final double[] TRIGAMMA = {
        1.0 / 6, -1.0 / 30, 1.0 / 42, -1.0 / 30, 5.0 / 66, -691.0 / 2730, 7.0 / 6, -3617.0 / 510
    };

    private SpecialFunctions() {}

    /**
     * {@code erf x = 2/√π · e^(−x²) · Σ 2ⁿ x²ⁿ⁺¹ / (2n + 1)!!}, a series whose terms have one sign. Beyond 6, it is ±1
     * in double precision.
     */
    static double erf(double x) {
        if (Double.isNaN(x) || Math.abs(x) > 6) {
            return Double.isNaN(x) ? x : Math.signum(x);
        }
        double term = x;
        double sum = x;
        for (int n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
    }

    /** {@code log |Γ(x)|}; +∞ at 0, −1, −2, … and at ±∞. */
    static double lgamma(double x) {
        if (isPole(x) || Double.isInfinite(x)) {
            return Double.POSITIVE_INFINITY;
        }
        if (x < 0) {
            return Math.log(Math.PI / Math.abs(Math.sin(Math.PI * fraction(x)))) - lgamma(1 - x);
        }
        double product = 1;
        double y = x;
        for (; y < ASYMPTOTIC_FROM; y++) {
            product *= y;
        }
        return (y - 0.5) * Math.log(y) - y + 0.5 * Math.log(2 * Math.PI) + oddPowers(STIRLING, y) - Math.log(product);
    }

    /** {@code Γ′(x) / Γ(x)}; NaN at 0, −1, −2, … and at −∞. */
    static double digamma(double x) {
        if (isPole(x) || x == Double.NEGATIVE_INFINITY) {
            return Double.NaN;
        }
        if (x < 0) {
            return digamma(1 - x) - Math.PI / Math.tan(Math.PI * fraction(x));
        }
        double shift = 0;
        double y = x;
        for (; y < ASYMPTOTIC_FROM; y++) {
            shift += 1 / y;
        }
        return Math.log(y) - 0.5 / y - oddPowers(DIGAMMA, y) / y - shift;
    }

    /** The derivative of digamma; +∞ at 0, −1, −2, …; NaN at −∞. */
    static double trigamma(double x) {
        if (isPole(x)) {
            return Double.POSITIVE_INFINITY;
        }
        if (x < 0) {
            double sine = Math.sin(Math.PI * fraction(x));
            return Math.PI * Math.PI / (sine * sine) - trigamma(1 - x);
        }
        double shift = 0;
        double y = x;
        for (; y < ASYMPTOTIC_FROM; y++) {
            shift += 1 / (y * y);
        }
        return 1 / y + 0.5 / (y * y) + oddPowers(TRIGAMMA, y) / (y * y) + shift;
    }

    /** {@code c₀/y + c₁/y³ + c₂/y⁵ + …}, from the smallest term up. */
    private static double oddPowers(double[] coefficients, double y) {
        double inverse = 1 / y;
        double sum = 0;
        for (int k = coefficients.length - 1; k >= 0; k--) {
            sum = sum * inverse * inverse + coefficients[k];
        }
        return sum * inverse;
    }

    private static boolean isPole(double x) {
        return x <= 0 && x == Math.rint(x) && !Double.isInfinite(x);
    }

    /** The distance to the nearest whole number, exact: {@code |sin πx|} and {@code cot πx} depend on it alone. */
    private static double fraction(double x) {
        return x - Math.rint(x);
    }

    /** {@code log Γ(x + y) − log Γ(x)}. If both arguments are large, it is the difference of their expansions. */
    static double lgammaDifference(double x, double y) {
        if (!(x >= ASYMPTOTIC_FROM && x + y >= ASYMPTOTIC_FROM) || Double.isInfinite(x + y)) {
            return lgamma(x + y) - lgamma(x);
        }
        double rise = (x - 0.5) * Math.log1p(y / x) + y * (Math.log(x + y) - 1);
        return rise + oddPowers(STIRLING, x + y) - oddPowers(STIRLING, x);
    }

    /** {@code log |Γ(x)·Γ(y) / Γ(x + y)|}, with the larger argument paired with the sum. */
    static double lbeta(double x, double y) {
        return lgamma(Math.min(x, y)) - lgammaDifference(Math.max(x, y), Math.min(x, y));
    }
}
