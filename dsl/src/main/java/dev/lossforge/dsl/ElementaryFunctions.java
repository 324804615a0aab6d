package dev.lossforge.dsl;

/** Elementary functions in double precision that {@link Math} lacks, without overflow and cancellation. */
final class ElementaryFunctions {

    private static final double LOG_2 = Math.log(2);

    private ElementaryFunctions() {}

    static double asinh(double x) {
        double a = Math.abs(x);
        double magnitude = Double.isInfinite(a) ? a : Math.log1p(a + a * a / (1 + Math.sqrt(1 + a * a)));
        return Math.copySign(magnitude, x);
    }

    static double acosh(double x) {
        double above = x - 1;
        return Math.log1p(above + Math.sqrt(above) * Math.sqrt(x + 1));
    }

    static double atanh(double x) {
        double a = Math.abs(x);
        return Math.copySign(0.5 * Math.log1p(2 * a / (1 - a)), x);
    }

    static double log1mExp(double x) {
        return x > -LOG_2 ? Math.log(-Math.expm1(x)) : Math.log1p(-Math.exp(x));
    }

    static double logSigmoid(double x) {
        return Math.min(x, 0) - Math.log1p(Math.exp(-Math.abs(x)));
    }

    static double softplus(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }

    static double logCosh(double x) {
        double a = Math.abs(x);
        if (a < 1) {
            double s = Math.sinh(a / 2);
            return Math.log1p(2 * s * s);
        }
        return a + Math.log1p(Math.exp(-2 * a)) - LOG_2;
    }
}
