package dev.lossforge.runtime.tornadovm.internal.kernel;

import uk.ac.manchester.tornado.api.math.TornadoMath;

/**
 * The gamma family for kernels, in double precision, rounded once; the device must support doubles. The recurrence
 * leads to arguments for which the asymptotic series of DLMF 5.11 hold. Left of 0, the reflection formula applies.
 *
 * <p>Each loop has one exit, and none is in both branches of a choice: where such branches meet, TornadoVM gives the
 * result of one to both.
 */
@SuppressWarnings({
    "IdentityBinaryExpression", // x - x is 0 for finite numbers; 0 / 0 gives NaN, because a kernel has no NaN constant
    "ShortCircuitBoolean" // TornadoVM miscompiles && within ||
})
public final class DeviceGamma {
    private static final double ASYMPTOTIC = 12;
    private static final double HALF_LOG_TWO_PI = 0.9189385332046727;
    private static final double PI = 3.141592653589793;
    /** From this magnitude on, every double is a whole number. */
    private static final double WHOLE = 4503599627370496.0;
    /** Below this relative gap, differences of small terms are computed from their derivatives. */
    private static final double NEAR = 1e-5;
    /** Limit on a product. Beyond it, further factors could overflow. */
    private static final double GREAT = 1e100;

    private DeviceGamma() {}

    /** {@code log |Γ(x)|}; +∞ at the poles. */
    public static float lgamma(float x) {
        return (float) logGamma(x);
    }

    /** {@code Γ′(x) / Γ(x)}; NaN at the poles. */
    public static float digamma(float x) {
        return (float) psi(x);
    }

    /** The derivative of {@link #digamma}; +∞ at the poles. */
    public static float trigamma(float x) {
        return (float) psiSlope(x);
    }

    private static double logGamma(double x) {
        boolean left = x <= 0;
        double fraction = x - nearest(x);
        double y = left ? 1 - x : x;
        double product = 1;
        while (y < ASYMPTOTIC) {
            product *= y;
            y += 1;
        }
        double right = (y - 0.5) * (TornadoMath.log(y) - 1)
                - 0.5
                + HALF_LOG_TWO_PI
                + 1 / (12 * y)
                + stirlingRest(y)
                - TornadoMath.log(product);
        if (x - x != 0 | (left & fraction == 0)) {
            return x == x ? Double.POSITIVE_INFINITY : x;
        }
        double sine = TornadoMath.abs(TornadoMath.sin(PI * fraction));
        return left ? TornadoMath.log(PI / sine) - right : right;
    }

    private static double psi(double x) {
        boolean left = x <= 0;
        double fraction = x - nearest(x);
        double y = left ? 1 - x : x;
        double shift = 0;
        while (y < ASYMPTOTIC) {
            shift += 1 / y;
            y += 1;
        }
        double right = TornadoMath.log(y) - 0.5 / y - psiRemainder(y) - shift;
        if (left && fraction == 0) {
            return (x - x) / (x - x);
        }
        return left ? right - PI / TornadoMath.tan(PI * fraction) : right;
    }

    private static double psiSlope(double x) {
        boolean left = x <= 0;
        double fraction = x - nearest(x);
        double y = left ? 1 - x : x;
        double shift = 0;
        while (y < ASYMPTOTIC) {
            shift += 1 / (y * y);
            y += 1;
        }
        double inverse = 1 / y;
        double square = inverse * inverse;
        double series = inverse
                * square
                * (1 / 6.0 - square * (1 / 30.0 - square * (1 / 42.0 - square * (1 / 30.0 - square * 5 / 66.0))));
        double right = inverse + 0.5 * square + series + shift;
        if (left && fraction == 0) {
            return Double.POSITIVE_INFINITY;
        }
        double sine = TornadoMath.sin(PI * fraction);
        return left ? PI * PI / (sine * sine) - right : right;
    }

    /** The nearest whole number. The difference from it is exact next to every pole. */
    private static double nearest(double x) {
        return TornadoMath.abs(x) < WHOLE ? TornadoMath.floor(x + 0.5) : x;
    }

    /** {@code cos πx} for x from −½ to ½: exactly 0 at both, where the angle itself is rounded. */
    private static double cosine(double x) {
        return TornadoMath.sin(PI * (0.5 - TornadoMath.abs(x)));
    }

    /** Stirling's series without the terms up to {@code 1 / (12 x)}, DLMF 5.11.1. */
    private static double stirlingRest(double x) {
        double square = 1 / (x * x);
        return -square * (1 / 360.0 - square * (1 / 1260.0 - square * (1 / 1680.0 - square / 1188.0))) / x;
    }

    /** The series of DLMF 5.11.2 without its first terms. */
    private static double psiRemainder(double x) {
        double square = 1 / (x * x);
        return square
                * (1 / 12.0 - square * (1 / 120.0 - square * (1 / 252.0 - square * (1 / 240.0 - square / 132.0))));
    }

    /** The derivative of {@link #trigamma}; NaN at the poles. */
    public static float tetragamma(float x) {
        boolean left = x <= 0f;
        double fraction = x - nearest(x);
        double y = left ? 1 - (double) x : x;
        double shift = 0;
        while (y < ASYMPTOTIC) {
            shift += 2 / (y * y * y);
            y += 1;
        }
        double square = 1 / (y * y);
        double series = 1 / 2.0 - square * (1 / 6.0 - square * (1 / 6.0 - square * (3 / 10.0 - square * 5 / 6.0)));
        double right = -shift - square * (1 + 1 / y + square * series);
        if (left && fraction == 0) {
            return (x - x) / (x - x);
        }
        double ratio = PI / TornadoMath.sin(PI * fraction);
        return (float) (left ? right - 2 * ratio * ratio * ratio * cosine(fraction) : right);
    }

    /** The derivative of {@link #tetragamma}; +∞ at the poles. */
    public static float pentagamma(float x) {
        boolean left = x <= 0f;
        double fraction = x - nearest(x);
        double y = left ? 1 - (double) x : x;
        double shift = 0;
        while (y < ASYMPTOTIC) {
            shift += 6 / (y * y * y * y);
            y += 1;
        }
        double square = 1 / (y * y);
        double series = 2 - square * (1 - square * (4 / 3.0 - square * (3 - square * 10)));
        double right = shift + square / y * (2 + 3 / y + square * series);
        if (left && fraction == 0) {
            return Float.POSITIVE_INFINITY;
        }
        double ratio = PI / TornadoMath.sin(PI * fraction);
        double cosine = cosine(fraction);
        double power = ratio * ratio * ratio * ratio;
        return (float) (left ? 2 * power * (1 + 2 * cosine * cosine) - right : right);
    }

    /** {@code log |Γ(x)·Γ(y) / Γ(x + y)|}; the larger argument is paired with the sum. */
    public static float lbeta(float x, float y) {
        double min = x < y ? x : y;
        double max = x < y ? y : x;
        return (float) (logGamma(min) - logGammaRise(max, min));
    }

    /** {@code log Γ(x + y) − log Γ(x)}. */
    public static float lgammaDifference(float x, float y) {
        return (float) logGammaRise(x, y);
    }

    private static double logGammaRise(double x, double y) {
        double sum = x + y;
        if (isRight(x, sum)) {
            double gap = TornadoMath.abs(y);
            double ascent = logGammaRiseOnTheRight(y < 0 ? sum : x, gap);
            return y < 0 ? -ascent : ascent;
        }
        double rise = 0;
        for (int i = 0; i < 2; i++) {
            double value = logGamma(i == 0 ? sum : x);
            rise = i == 0 ? value : rise - value;
        }
        return rise;
    }

    /**
     * {@code log Γ(x + gap) − log Γ(x)}: a recurrence leads to arguments for which the expansions hold, and their
     * difference is taken.
     */
    private static double logGammaRiseOnTheRight(double x, double gap) {
        double low = x;
        double product = 0; // of all (low + gap) / low, less 1
        double before = 0;
        while (low < ASYMPTOTIC) {
            double ratio = gap / low;
            product += ratio + product * ratio;
            low += 1;
            if (product > GREAT) {
                before += TornadoMath.log(product);
                product = 0;
            }
        }
        double high = low + gap;
        double square = low * low;
        double rest = gap < NEAR * low ? gap / (120 * square * square) : stirlingRest(high) - stirlingRest(low);
        double rise = (low - 0.5) * log1p(gap / low) + gap * (TornadoMath.log(high) - 1);
        return rise - gap / (12 * low * high) + rest - before - log1p(product);
    }

    /** {@code ψ(x + y) − ψ(x)}, computed like {@link #lgammaDifference}. */
    public static float digammaDifference(float x, float y) {
        double sum = (double) x + y;
        if (isRight(x, sum)) {
            double ascent = psiRiseOnTheRight(y < 0 ? sum : x, TornadoMath.abs((double) y));
            return (float) (y < 0 ? -ascent : ascent);
        }
        double rise = 0;
        for (int i = 0; i < 2; i++) {
            double value = psi(i == 0 ? sum : x);
            rise = i == 0 ? value : rise - value;
        }
        return (float) rise;
    }

    private static double psiRiseOnTheRight(double x, double gap) {
        double low = x;
        double shift = 0;
        while (low < ASYMPTOTIC) {
            shift += gap / low / (low + gap);
            low += 1;
        }
        double high = low + gap;
        double square = low * low;
        double rest = gap < NEAR * low
                ? gap / (6 * low * square) * (1 - 0.2 / square)
                : psiRemainder(low) - psiRemainder(high);
        return log1p(gap / low) + 0.5 * gap / low / high + rest + shift;
    }

    /** Whether two numbers are finite and right of all poles. */
    private static boolean isRight(double x, double y) {
        return x > 0 & y > 0 & x - x == 0 & y - y == 0;
    }

    /** {@code log(1 + x)}: the rounding error of 1 + x is divided out (Kahan). */
    private static double log1p(double x) {
        double sum = 1 + x;
        double kept = sum - 1;
        return kept == 0 ? x : TornadoMath.log(sum) * (x / kept);
    }

    /** {@code ψ′(x + y) − ψ′(x)}; for large arguments, from the difference of the expansions. */
    public static float trigammaDifference(float x, float y) {
        double sum = (double) x + y;
        if (isRight(x, sum)) {
            double ascent = psiSlopeRiseOnTheRight(y < 0 ? sum : x, TornadoMath.abs((double) y));
            return (float) (y < 0 ? -ascent : ascent);
        }
        double rise = 0;
        for (int i = 0; i < 2; i++) {
            double value = psiSlope(i == 0 ? sum : x);
            rise = i == 0 ? value : rise - value;
        }
        return (float) rise;
    }

    /** With v and w the inverses, each power's difference is {@code (v − w)·(vⁿ⁻¹ + … + wⁿ⁻¹)}. */
    private static double psiSlopeRiseOnTheRight(double x, double gap) {
        double low = x;
        double shift = 0;
        while (low < ASYMPTOTIC) {
            double high = low + gap;
            shift += gap / low / high * (1 / low + 1 / high);
            low += 1;
        }
        double v = 1 / low;
        double w = 1 / (low + gap);
        double square = w * w;
        double second = v * (v + w) + square;
        double fourth = v * (v * second + square * w) + square * square;
        double sixth = v * (v * fourth + square * square * w) + square * square * square;
        return -gap * v * w * (1 + (v + w) / 2 + second / 6 - fourth / 30 + sixth / 42) - shift;
    }
}
