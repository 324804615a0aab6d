package dev.lossforge.runtime.tornadovm.internal.kernel;

import uk.ac.manchester.tornado.api.math.TornadoMath;

/**
 * Functions of single values for kernels, in float32. They also run on the host, with the same meaning.
 *
 * <p>If the device's {@code exp} and {@code log} are within 3 ulp, errors are below 10 ulp, except for {@link #logCosh}
 * (1e-6 relative). NaN in, NaN out.
 */
@SuppressWarnings({
    "IdentityBinaryExpression", // TornadoVM compiles the test x != x for NaN correctly
    "ShortCircuitBoolean" // but miscompiles && within ||
})
public final class DeviceMath {
    private static final float LOG_2 = 0.6931472f;
    /** From this magnitude on, every float is a whole number. */
    private static final float WHOLE = 8388608f;

    private DeviceMath() {}

    /** {@code x · weight}, and 0 if the weight is 0, whatever x is. */
    public static float weighted(float x, float weight) {
        return weight == 0f ? 0f : x * weight;
    }

    /** {@code x <= y}, and false if either is NaN, for which a device's operator may return true. */
    public static boolean isAtMost(float x, float y) {
        return x < y | x == y;
    }

    public static float abs(float x) {
        return TornadoMath.abs(x);
    }

    public static int abs(int x) {
        return x < 0 ? -x : x;
    }

    public static float sign(float x) {
        return x > 0f ? 1f : x < 0f ? -1f : x;
    }

    public static float square(float x) {
        return x * x;
    }

    public static float sqrt(float x) {
        return TornadoMath.sqrt(x);
    }

    public static float exp(float x) {
        return TornadoMath.exp(x);
    }

    /** {@code eˣ − 1}: the logarithm of the rounded eˣ corrects for its rounding error (Kahan). */
    public static float expm1(float x) {
        float e = TornadoMath.exp(x);
        float difference = e - 1f;
        if (difference == 0f) {
            return x;
        }
        return difference == -1f || x > 80f ? difference : difference * (x / TornadoMath.log(e));
    }

    public static float log(float x) {
        return TornadoMath.log(x);
    }

    /** {@code log(1 + x)}: a quotient corrects for the rounding error of 1 + x (Kahan). */
    public static float log1p(float x) {
        float sum = 1f + x;
        float kept = sum - 1f;
        if (kept == 0f) {
            return x;
        }
        return x > 2 * WHOLE ? TornadoMath.log(x) : TornadoMath.log(sum) * (x / kept);
    }

    /** {@code expm1(x) − x}; near 0 the terms from the second on. */
    public static float expm1Rest(float x) {
        if (abs(x) < 0.5f) {
            float tail = x * (1 / 24f + x * (1 / 120f + x * (1 / 720f + x * (1 / 5040f + x * (1 / 40320f)))));
            return x * x * (0.5f + x * (1 / 6f + tail));
        }
        return x > 89f ? TornadoMath.exp(x) : expm1(x) - x;
    }

    /** {@code log1p(x) − x}, by {@code log1p(x) = 2·(s + s³/3 + …)} for {@code s = x / (2 + x)} near 0. */
    public static float log1pRest(float x) {
        if (abs(x) < 0.5f) {
            float s = x / (2f + x);
            float z = s * s;
            float tail = z * (1 / 3f + z * (0.2f + z * (1 / 7f + z * (1 / 9f + z * (1 / 11f)))));
            return s * (2f * tail - x);
        }
        return x > 1e9f ? -x : log1p(x) - x;
    }

    /** {@code log x − (x − 1)}. */
    public static float logRest(float x) {
        return x > 0.5f ? log1pRest(x - 1f) : TornadoMath.log(x) - (x - 1f);
    }

    /** {@code log(1 − eˣ)} for {@code x < 0}. */
    public static float log1mExp(float x) {
        return x > -LOG_2 ? TornadoMath.log(-expm1(x)) : log1p(-TornadoMath.exp(x));
    }

    public static float sin(float x) {
        return TornadoMath.sin(x);
    }

    public static float cos(float x) {
        return TornadoMath.cos(x);
    }

    public static float tan(float x) {
        return TornadoMath.tan(x);
    }

    public static float asin(float x) {
        return TornadoMath.asin(x);
    }

    public static float acos(float x) {
        return TornadoMath.acos(x);
    }

    public static float atan(float x) {
        return TornadoMath.atan(x);
    }

    public static float sinh(float x) {
        float a = TornadoMath.abs(x);
        float half = TornadoMath.exp(0.5f * a);
        float e = expm1(a);
        float magnitude = a > 20f ? 0.5f * half * half : 0.5f * (e + e / (e + 1f));
        return x < 0f ? -magnitude : magnitude;
    }

    public static float cosh(float x) {
        float half = TornadoMath.exp(0.5f * TornadoMath.abs(x));
        float e = half * half;
        return e > 1e8f ? 0.5f * half * half : 0.5f * (e + 1f / e);
    }

    public static float tanh(float x) {
        float a = TornadoMath.abs(x);
        float e = expm1(-2f * a);
        float magnitude = -e / (2f + e);
        return x < 0f ? -magnitude : magnitude;
    }

    public static float asinh(float x) {
        float a = TornadoMath.abs(x);
        float magnitude =
                a > 1e8f ? TornadoMath.log(a) + LOG_2 : log1p(a + a * a / (1f + TornadoMath.sqrt(a * a + 1f)));
        return x < 0f ? -magnitude : magnitude;
    }

    public static float acosh(float x) {
        float above = x - 1f;
        return x > 1e8f
                ? TornadoMath.log(x) + LOG_2
                : log1p(above + TornadoMath.sqrt(above) * TornadoMath.sqrt(x + 1f));
    }

    public static float atanh(float x) {
        return 0.5f * (log1p(x) - log1p(-x));
    }

    /** {@code log cosh x} without overflow or cancellation: from {@code cosh² = 1 + sinh²} near 0. */
    public static float logCosh(float x) {
        float a = TornadoMath.abs(x);
        if (a < 1f) {
            return 0.5f * log1p(square(sinh(a)));
        }
        return a - LOG_2 + log1p(TornadoMath.exp(-2f * a));
    }

    /** {@code 1 / (1 + e⁻ˣ)}. */
    public static float sigmoid(float x) {
        float e = TornadoMath.exp(-TornadoMath.abs(x));
        return x < 0f ? e / (1f + e) : 1f / (1f + e);
    }

    /** {@code log(1 + eˣ)}. */
    public static float softplus(float x) {
        return (x > 0f ? x : 0f) + log1p(TornadoMath.exp(-TornadoMath.abs(x)));
    }

    /** {@code log(1 / (1 + e⁻ˣ))}. */
    public static float logSigmoid(float x) {
        return -softplus(-x);
    }

    /**
     * The error function. Below 1, it is the series {@code 2/√π e^(−x²) Σ 2ⁿ x^(2n+1) / (2n+1)!!}, whose terms have one
     * sign (DLMF 7.6.2). From 1 on, it is {@code 1 − erfc}, for which seven digits are enough (W. Press et al.,
     * "Numerical Recipes", section 6.2).
     */
    public static float erf(float x) {
        float square = x * x;
        if (square >= 1f) {
            float a = TornadoMath.abs(x);
            float t = 1f / (1f + 0.5f * a);
            float magnitude = a > 4f ? 1f : 1f - t * TornadoMath.exp(exponentOfErfc(t) - square);
            return x < 0f ? -magnitude : magnitude;
        }
        float term = 1f;
        float sum = 1f;
        float divisor = 3f;
        while (term > 1e-8f * sum) { // one exit, for TornadoVM
            term *= 2f * square / divisor;
            sum += term;
            divisor += 2f;
        }
        return 1.1283792f * TornadoMath.exp(-square) * x * sum;
    }

    /** {@code log(erfc(x) / t) + x²} with {@code t = 1 / (1 + x/2)}. */
    private static float exponentOfErfc(float t) {
        float high = 0.27886807f + t * (-1.13520398f + t * (1.48851587f + t * (-0.82215223f + t * 0.17087277f)));
        return -1.26551223f + t * (1.00002368f + t * (0.37409196f + t * (0.09678418f + t * (-0.18628806f + t * high))));
    }

    public static float floor(float x) {
        return TornadoMath.floor(x);
    }

    public static float ceil(float x) {
        return TornadoMath.ceil(x);
    }

    /** The nearest whole number, ties to even. */
    public static float round(float x) {
        if (TornadoMath.abs(x) >= WHOLE) {
            return x;
        }
        return x < 0f ? (x - WHOLE) + WHOLE : (x + WHOLE) - WHOLE;
    }

    /** Whether x is NaN, the only value that differs from itself. */
    public static boolean isNan(float x) {
        return x != x;
    }

    /** 0 for every number, NaN for NaN. */
    public static float nanOrZero(float x) {
        return x != x ? x : 0f;
    }

    /** Rounds towards 0, as a Java cast: 0 for NaN, the nearest int for numbers out of range. */
    public static int toInt(float x) {
        if (x != x) {
            return 0;
        }
        return x >= 2147483648f ? Integer.MAX_VALUE : x <= -2147483648f ? Integer.MIN_VALUE : (int) x;
    }

    public static float max(float x, float y) {
        return x > y | x != x ? x : y;
    }

    public static int max(int x, int y) {
        return x > y ? x : y;
    }

    public static float min(float x, float y) {
        return x < y | x != x ? x : y;
    }

    public static int min(int x, int y) {
        return x < y ? x : y;
    }

    /** As {@link Math#pow}, for which 1 to an infinite or NaN power is NaN. */
    public static float pow(float x, float y) {
        if (y != y) {
            return y;
        }
        float power = TornadoMath.pow(x, y);
        return TornadoMath.abs(x) == 1f && TornadoMath.abs(y) > Float.MAX_VALUE ? y - y : power;
    }

    public static float atan2(float y, float x) {
        return TornadoMath.atan2(y, x);
    }

    /** {@code √(x² + y²)} without overflow. */
    public static float hypot(float x, float y) {
        float a = TornadoMath.abs(x);
        float b = TornadoMath.abs(y);
        float larger = max(a, b);
        if (a > Float.MAX_VALUE || b > Float.MAX_VALUE) {
            return Float.POSITIVE_INFINITY;
        }
        if (larger == 0f) {
            return 0f;
        }
        float ratio = min(a, b) / larger;
        return larger * TornadoMath.sqrt(1f + ratio * ratio);
    }

    /** {@code x · log y}, and 0 where {@code x = 0} and {@code y ≥ 0}. */
    public static float xlogy(float x, float y) {
        return x == 0f & isAtMost(0f, y) ? 0f : x * TornadoMath.log(y);
    }

    /**
     * {@code log(x / y)} without overflow of the quotient. Near 1, it uses the difference of x and y, which is exact
     * there.
     */
    public static float logQuotient(float x, float y) {
        float difference = x - y;
        if (TornadoMath.abs(difference) < 0.5f * TornadoMath.abs(y)) {
            return log1p(difference / y);
        }
        float quotient = x / y;
        boolean exact = quotient > 1e-37f & quotient < 1e37f;
        boolean positive = (x > 0f & y > 0f) | (x < 0f & y < 0f);
        boolean vanished = quotient == 0f & x != 0f & TornadoMath.abs(y) <= Float.MAX_VALUE;
        return exact | !positive
                ? TornadoMath.log(vanished ? -1f : quotient)
                : TornadoMath.log(TornadoMath.abs(x)) - TornadoMath.log(TornadoMath.abs(y));
    }

    /** {@code x · log(x / y)} without overflow of the quotient, and 0 where {@code x = 0} and y is not NaN. */
    public static float relativeEntropy(float x, float y) {
        return x == 0f & y == y ? 0f : x * logQuotient(x, y);
    }

    /** {@code x · log(1 + y)}, and 0 where {@code x = 0} and {@code y ≥ −1}. */
    public static float xlog1py(float x, float y) {
        return x == 0f & isAtMost(-1f, y) ? 0f : x * log1p(y);
    }

    /** {@code x / y}, and 0 where {@code x = 0} and y is not NaN. */
    public static float xdivy(float x, float y) {
        return x == 0f & y == y ? 0f : x / y;
    }

    /**
     * Division of ints towards 0, through doubles, because the device's own is wrong for negative ones; 0 if y is 0.
     */
    public static int divide(int x, int y) {
        return y == 0 ? 0 : (int) ((double) x / (double) y);
    }

    /** The remainder that belongs to {@link #divide(int, int)}. */
    public static int remainder(int x, int y) {
        return y == 0 ? 0 : x - y * divide(x, y);
    }

    /** Exactly Java's {@code %} of floats: subtracts the divisor, doubled as often as it fits. */
    public static float remainder(float x, float y) {
        float rest = TornadoMath.abs(x);
        float divisor = TornadoMath.abs(y);
        if (divisor == 0f || rest > Float.MAX_VALUE || x != x || y != y) {
            return (x - x) / (divisor - divisor);
        }
        while (rest >= divisor) {
            float multiple = divisor;
            while (rest - multiple >= multiple) {
                multiple += multiple;
            }
            rest -= multiple;
        }
        return x < 0f ? -rest : rest;
    }
}
