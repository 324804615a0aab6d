package dev.lossforge.runtime.internal.kernel;

/** The error function and the gamma family in double precision, to 1e-12 or better away from zeros. */
final class SpecialFunctions {
    /** Smallest argument for which the asymptotic series are exact in double. */
    private static final double ASYMPTOTIC = 12;

    private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

    private SpecialFunctions() {}

    /** The series {@code 2/√π e^(−x²) Σ 2ⁿ x^(2n+1) / (2n+1)!!}, whose terms have one sign; DLMF 7.6.2. */
    static double erf(double x) {
        if (Math.abs(x) > 6) {
            return Math.signum(x);
        }
        double term = x;
        double sum = x;
        for (int n = 1; Math.abs(term) > 1e-16 * Math.abs(sum); n++) {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
    }

    /** Recurrence up to the asymptotic series of DLMF 5.11.1; reflection left of 0. */
    static double lgamma(double x) {
        if (x <= 0) {
            double sine = Math.abs(Math.sin(Math.PI * (x - 2 * Math.rint(x / 2))));
            return x == Math.rint(x) ? Double.POSITIVE_INFINITY : Math.log(Math.PI / sine) - lgamma(1 - x);
        }
        double product = 1;
        double y = x;
        for (; y < ASYMPTOTIC; y++) {
            product *= y;
        }
        double inverse = 1 / y;
        double square = inverse * inverse;
        double series = inverse
                * (1 / 12.0 - square * (1 / 360.0 - square * (1 / 1260.0 - square * (1 / 1680.0 - square / 1188.0))));
        double result = (y - 0.5) * (Math.log(y) - 1) - 0.5 + HALF_LOG_TWO_PI + series - Math.log(product);
        return y == Double.POSITIVE_INFINITY ? y : result;
    }

    /** Recurrence up to the asymptotic series of DLMF 5.11.2; reflection left of 0, NaN at the poles. */
    static double digamma(double x) {
        if (x <= 0) {
            return x == Math.rint(x) ? Double.NaN : digamma(1 - x) - Math.PI / Math.tan(Math.PI * (x - Math.rint(x)));
        }
        double shift = 0;
        double y = x;
        for (; y < ASYMPTOTIC; y++) {
            shift += 1 / y;
        }
        double square = 1 / (y * y);
        double series = square
                * (1 / 12.0 - square * (1 / 120.0 - square * (1 / 252.0 - square * (1 / 240.0 - square / 132.0))));
        return Math.log(y) - 0.5 / y - series - shift;
    }

    /** Recurrence up to the derivative of the asymptotic series of DLMF 5.11.2; reflection left of 0. */
    static double trigamma(double x) {
        if (x <= 0) {
            if (x == Math.rint(x)) {
                return Double.isInfinite(x) ? Double.NaN : Double.POSITIVE_INFINITY;
            }
            double sine = Math.sin(Math.PI * (x - Math.rint(x)));
            return Math.PI * Math.PI / (sine * sine) - trigamma(1 - x);
        }
        double shift = 0;
        double y = x;
        for (; y < ASYMPTOTIC; y++) {
            shift += 1 / (y * y);
        }
        double inverse = 1 / y;
        double square = inverse * inverse;
        double series = inverse
                * square
                * (1 / 6.0 - square * (1 / 30.0 - square * (1 / 42.0 - square * (1 / 30.0 - square * 5 / 66.0))));
        return inverse + 0.5 * square + series + shift;
    }

    /** Whether a difference would cancel, and equals a multiple of a derivative to 1e-11 by the midpoint rule. */
    private static boolean isSmall(double x, double y) {
        return x < Double.POSITIVE_INFINITY && y != 0 && Math.abs(y) < 1e-5 * x;
    }

    /** {@code log Γ(x + y) − log Γ(x)}. If both arguments are large, it is the difference of their expansions. */
    static double lgammaDifference(double x, double y) {
        if (isSmall(x, y)) {
            return y * digamma(x + y / 2);
        }
        if (!(x >= ASYMPTOTIC && x + y >= ASYMPTOTIC) || Double.isInfinite(x + y)) {
            return lgamma(x + y) - lgamma(x);
        }
        double rise = (x - 0.5) * Elementary.log1p(y / x) + y * (Math.log(x + y) - 1);
        return rise + remainder(x + y) - remainder(x);
    }

    /** Stirling's series without its first terms, DLMF 5.11.1. */
    private static double remainder(double x) {
        double r = 1 / (x * x);
        return (1.0 / 12 - r * (1.0 / 360 - r * (1.0 / 1260 - r * (1.0 / 1680 - r / 1188)))) / x;
    }

    /** {@code ψ(x + y) − ψ(x)}, by recurrence up to where the expansions hold. */
    static double digammaDifference(double x, double y) {
        if (isSmall(x, y)) {
            return y * trigamma(x + y / 2);
        }
        if (!(x >= ASYMPTOTIC && x + y >= ASYMPTOTIC) || Double.isInfinite(x + y)) {
            return digamma(x + y) - digamma(x);
        }
        return Elementary.log1p(y / x) + 0.5 * y / (x * (x + y)) + digammaRemainder(x) - digammaRemainder(x + y);
    }

    static double trigammaDifference(double x, double y) {
        return isSmall(x, y) ? y * PolygammaFunctions.tetragamma(x + y / 2) : trigamma(x + y) - trigamma(x);
    }

    private static double digammaRemainder(double x) {
        double r = 1 / (x * x);
        return r * (1.0 / 12 - r * (1.0 / 120 - r * (1.0 / 252 - r * (1.0 / 240 - r / 132))));
    }

    /** {@code log |Γ(x)·Γ(y) / Γ(x + y)|}, with the larger argument paired with the sum. */
    static double lbeta(double x, double y) {
        return lgamma(Math.min(x, y)) - lgammaDifference(Math.max(x, y), Math.min(x, y));
    }
}
