package dev.lossforge.runtime.internal.kernel;

/** The derivatives of the trigamma function: by recurrence, reflection and the expansions of DLMF 5.15.8. */
final class PolygammaFunctions {

    /** Smallest argument for which the expansions are exact to 1e-12. */
    private static final double ASYMPTOTIC = 12;

    private PolygammaFunctions() {}

    /** {@code ψ″(x)}; NaN at the poles, where it changes its sign. */
    static double tetragamma(double x) {
        if (x <= 0) {
            double fraction = x - Math.rint(x);
            double cube = Math.pow(Math.PI / Math.sin(Math.PI * fraction), 3);
            double cosine = Math.sin(Math.PI * (0.5 - Math.abs(fraction))); // exactly 0 at one half
            return fraction == 0 || Double.isNaN(fraction) ? Double.NaN : tetragamma(1 - x) - 2 * cube * cosine;
        }
        double shift = 0;
        double y = x;
        for (; y < ASYMPTOTIC; y++) {
            shift -= 2 / (y * y * y);
        }
        double r = 1 / (y * y);
        double series = 1 / 2.0 - r * (1 / 6.0 - r * (1 / 6.0 - r * (3 / 10.0 - r * (5 / 6.0 - r * 691 / 210))));
        return shift - r * (1 + 1 / y + r * series);
    }

    /** {@code ψ‴(x)}; +∞ at the poles. */
    static double pentagamma(double x) {
        if (x <= 0) {
            return x == Math.rint(x) ? poleOfPentagamma(x) : reflected(x) - pentagamma(1 - x);
        }
        double shift = 0;
        double y = x;
        for (; y < ASYMPTOTIC; y++) {
            shift += 6 / (y * y * y * y);
        }
        double r = 1 / (y * y);
        double series = 2 - r * (1 - r * (4 / 3.0 - r * (3 - r * (10 - r * 691 / 15))));
        return shift + r / y * (2 + 3 / y + r * series);
    }

    private static double reflected(double x) {
        double angle = Math.PI * (x - Math.rint(x));
        double cosine = Math.cos(angle);
        return 2 * Math.pow(Math.PI / Math.sin(angle), 4) * (1 + 2 * cosine * cosine);
    }

    private static double poleOfPentagamma(double x) {
        return Double.isInfinite(x) ? Double.NaN : Double.POSITIVE_INFINITY;
    }
}
