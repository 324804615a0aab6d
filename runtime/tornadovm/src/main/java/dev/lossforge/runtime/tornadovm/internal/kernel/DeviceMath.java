package dev.lossforge.runtime.tornadovm.internal.kernel;

import uk.ac.manchester.tornado.api.math.TornadoMath;

/**
 * Functions of single values for kernels, in float32. They run on the host too, with the same meaning.
 *
 * <p>Errors, given that the device's {@code exp} and {@code log} are good to 3 ulp: below 10 ulp, but for {@link #erf}
 * and {@link #logCosh} (1e-6 relative). NaN in, NaN out.
 */
@SuppressWarnings({
    "IdentityBinaryExpression", // x != x is the test for NaN that TornadoVM gets right
    "ShortCircuitBoolean" // && within || is not
})
public final class DeviceMath {
    private static final float LOG_2 = 0.6931472f;
    /** From here on a float is a whole number. */
    private static final float WHOLE = 8388608f;

    private DeviceMath() {}

    /** {@code x · weight}, and 0 where the weight is 0, whatever x. */
    public static float weighted(float x, float weight) {
        return weight == 0f ? 0f : x * weight;
    }

    /** {@code x <= y}, and false if either is NaN, for which the operator itself may hold on a device. */
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

    /** {@code eˣ − 1}: the rounding error of eˣ is divided out by its logarithm (Kahan). */
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

    /** {@code log(1 + x)}: the rounding error of 1 + x is divided out (Kahan). */
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
        return x > 1e8f ? TornadoMath.log(x) + LOG_2 : log1p(above + TornadoMath.sqrt(above * (x + 1f)));
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

    /** The series {@code 2/√π e^(−x²) Σ 2ⁿ x^(2n+1) / (2n+1)!!}, whose terms have one sign; DLMF 7.6.2. */
    public static float erf(float x) {
        float square = x * x;
        if (square > 16f) {
            return x < 0f ? -1f : 1f;
        }
        float term = 1f;
        float sum = 1f;
        for (int n = 1; n < 80 && term > 1e-8f * sum; n++) {
            term *= 2f * square / (2 * n + 1);
            sum += term;
        }
        return 1.1283792f * TornadoMath.exp(-square) * x * sum;
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

    /** NaN alone differs from itself. */
    public static boolean isNan(float x) {
        return x != x;
    }

    /** 0 for every number, NaN for NaN. */
    public static float nanOrZero(float x) {
        return x != x ? x : 0f;
    }

    /** Towards 0, as a Java cast: 0 for NaN, the nearest int for numbers beyond. */
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

    /** As {@link Math#pow}, to which 1 to an infinite or NaN power is NaN. */
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

    /** {@code log(x / y)} without overflow of the quotient. */
    public static float logQuotient(float x, float y) {
        float quotient = x / y;
        boolean exact = quotient > 1e-37f & quotient < 1e37f;
        boolean positive = (x > 0f & y > 0f) | (x < 0f & y < 0f);
        return exact | !positive
                ? TornadoMath.log(quotient)
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

    /** Division of ints towards 0, through doubles: the device's own is wrong for negative ones; 0 where y is 0. */
    public static int divide(int x, int y) {
        return y == 0 ? 0 : (int) ((double) x / (double) y);
    }

    /** The remainder that belongs to {@link #divide(int, int)}. */
    public static int remainder(int x, int y) {
        return y == 0 ? 0 : x - y * divide(x, y);
    }

    /** As Java's {@code %} of floats, exactly: subtracts the divisor doubled as often as it fits. */
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
