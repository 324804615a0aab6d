package dev.lossforge.processor.ir;

/** The logarithm of the gamma function and its derivatives, by recurrence, reflection and asymptotic expansion. */
final class GammaFunctions {

    /** From here on, the expansions below are exact to double precision. */
    private static final double ASYMPTOTIC = 12;

    private GammaFunctions() {}

    /** DLMF 5.5.1, 5.5.3, 5.11.1. */
    static double lgamma(double x) {
        if (x <= 0) {
            return x == Math.rint(x)
                    ? Double.POSITIVE_INFINITY
                    : Math.log(Math.PI / Math.abs(Math.sin(Math.PI * x))) - lgamma(1 - x);
        }
        double shift = 0;
        double z = x;
        for (; z < ASYMPTOTIC; z++) {
            shift += Math.log(z);
        }
        double r = 1 / (z * z);
        double series = (1.0 / 12 - r * (1.0 / 360 - r * (1.0 / 1260 - r * (1.0 / 1680 - r / 1188)))) / z;
        return z == Double.POSITIVE_INFINITY
                ? z
                : (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + series - shift;
    }

    /** DLMF 5.5.2, 5.5.4, 5.11.2. NaN at the poles. */
    static double digamma(double x) {
        if (x <= 0) {
            return x == Math.rint(x) ? Double.NaN : digamma(1 - x) - Math.PI / Math.tan(Math.PI * x);
        }
        double shift = 0;
        double z = x;
        for (; z < ASYMPTOTIC; z++) {
            shift += 1 / z;
        }
        double r = 1 / (z * z);
        double series = r
                * (1.0 / 12
                        - r * (1.0 / 120 - r * (1.0 / 252 - r * (1.0 / 240 - r * (1.0 / 132 - r * 691.0 / 32760)))));
        return Math.log(z) - 0.5 / z - series - shift;
    }

    /** DLMF 5.15.1, 5.15.6, 5.15.8. NaN at the poles. */
    static double trigamma(double x) {
        if (x <= 0) {
            double s = Math.sin(Math.PI * x);
            return x == Math.rint(x) ? poleOfTrigamma(x) : Math.PI * Math.PI / (s * s) - trigamma(1 - x);
        }
        double shift = 0;
        double z = x;
        for (; z < ASYMPTOTIC; z++) {
            shift += 1 / (z * z);
        }
        double r = 1 / (z * z);
        double series =
                (1.0 / 6 - r * (1.0 / 30 - r * (1.0 / 42 - r * (1.0 / 30 - r * (5.0 / 66 - r * 691.0 / 2730))))) * r;
        return (1 + 0.5 / z + series) / z + shift;
    }

    /** +∞ at a pole, since the function is positive on both sides; NaN at −∞, since it oscillates towards there. */
    private static double poleOfTrigamma(double x) {
        return Double.isInfinite(x) ? Double.NaN : Double.POSITIVE_INFINITY;
    }

    /** Whether a difference would cancel and is a multiple of a derivative, by the midpoint rule to 1e-11. */
    private static boolean isSmall(double x, double y) {
        return x < Double.POSITIVE_INFINITY && y != 0 && Math.abs(y) < 1e-5 * x;
    }

    /** {@code log Γ(x + y) − log Γ(x)}: if both are large, by the difference of their expansions. */
    static double lgammaDifference(double x, double y) {
        if (isSmall(x, y)) {
            return y * digamma(x + y / 2);
        }
        if (!(x >= ASYMPTOTIC && x + y >= ASYMPTOTIC) || Double.isInfinite(x + y)) {
            return lgamma(x + y) - lgamma(x);
        }
        double rise = (x - 0.5) * Math.log1p(y / x) + y * (Math.log(x + y) - 1);
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
        return Math.log1p(y / x) + 0.5 * y / (x * (x + y)) + digammaRemainder(x) - digammaRemainder(x + y);
    }

    static double trigammaDifference(double x, double y) {
        return isSmall(x, y) ? y * PolygammaFunctions.tetragamma(x + y / 2) : trigamma(x + y) - trigamma(x);
    }

    private static double digammaRemainder(double x) {
        double r = 1 / (x * x);
        return r * (1.0 / 12 - r * (1.0 / 120 - r * (1.0 / 252 - r * (1.0 / 240 - r / 132))));
    }

    /** {@code log |Γ(x)·Γ(y) / Γ(x + y)|}: the larger one is subtracted from the sum. */
    static double lbeta(double x, double y) {
        return lgamma(Math.min(x, y)) - lgammaDifference(Math.max(x, y), Math.min(x, y));
    }
}
