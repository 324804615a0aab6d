package dev.lossforge.runtime.tornadovm.internal.kernel;

import uk.ac.manchester.tornado.api.math.TornadoMath;

/**
 * The gamma family for kernels, in double precision, rounded once; the device must know doubles. Recurrence up to where
 * the asymptotic series of DLMF 5.11 hold, reflection left of 0.
 */
@SuppressWarnings({
    "IdentityBinaryExpression", // x - x is 0 for numbers and makes NaN of 0 / 0: a kernel has no NaN constant
    "ShortCircuitBoolean" // && within || TornadoVM gets wrong
})
public final class DeviceGamma {
    private static final double ASYMPTOTIC = 12;
    private static final double HALF_LOG_TWO_PI = 0.9189385332046727;
    private static final double PI = 3.141592653589793;

    private DeviceGamma() {}

    /** {@code log |Γ(x)|}; +∞ at the poles. */
    public static float lgamma(float x) {
        boolean left = x <= 0f;
        double fraction = (double) x - TornadoMath.floor(x);
        double y = left ? 1 - (double) x : x;
        double product = 1;
        for (int step = 0; step < ASYMPTOTIC && y < ASYMPTOTIC; step++) {
            product *= y;
            y += 1;
        }
        double square = 1 / (y * y);
        double series =
                (1 / 12.0 - square * (1 / 360.0 - square * (1 / 1260.0 - square * (1 / 1680.0 - square / 1188.0)))) / y;
        double right = (y - 0.5) * (TornadoMath.log(y) - 1) - 0.5 + HALF_LOG_TWO_PI + series - TornadoMath.log(product);
        if (x > Float.MAX_VALUE | (left & fraction == 0)) {
            return Float.POSITIVE_INFINITY;
        }
        return (float) (left ? TornadoMath.log(PI / TornadoMath.sin(PI * fraction)) - right : right);
    }

    /** {@code Γ′(x) / Γ(x)}; NaN at the poles. */
    public static float digamma(float x) {
        boolean left = x <= 0f;
        double fraction = (double) x - TornadoMath.floor(x);
        double y = left ? 1 - (double) x : x;
        double shift = 0;
        for (int step = 0; step < ASYMPTOTIC && y < ASYMPTOTIC; step++) {
            shift += 1 / y;
            y += 1;
        }
        double square = 1 / (y * y);
        double series = square
                * (1 / 12.0 - square * (1 / 120.0 - square * (1 / 252.0 - square * (1 / 240.0 - square / 132.0))));
        double right = TornadoMath.log(y) - 0.5 / y - series - shift;
        if (left && fraction == 0) {
            return (x - x) / (x - x);
        }
        return (float) (left ? right - PI / TornadoMath.tan(PI * fraction) : right);
    }

    /** The derivative of {@link #digamma}; +∞ at the poles. */
    public static float trigamma(float x) {
        boolean left = x <= 0f;
        double fraction = (double) x - TornadoMath.floor(x);
        double y = left ? 1 - (double) x : x;
        double shift = 0;
        for (int step = 0; step < ASYMPTOTIC && y < ASYMPTOTIC; step++) {
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
            return Float.POSITIVE_INFINITY;
        }
        double sine = TornadoMath.sin(PI * fraction);
        return (float) (left ? PI * PI / (sine * sine) - right : right);
    }

    /** The derivative of {@link #trigamma}; NaN at the poles. */
    public static float tetragamma(float x) {
        boolean left = x <= 0f;
        double fraction = (double) x - TornadoMath.floor(x);
        double y = left ? 1 - (double) x : x;
        double shift = 0;
        for (int step = 0; step < ASYMPTOTIC && y < ASYMPTOTIC; step++) {
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
        return (float) (left ? right - 2 * ratio * ratio * ratio * TornadoMath.cos(PI * fraction) : right);
    }

    /** The derivative of {@link #tetragamma}; +∞ at the poles. */
    public static float pentagamma(float x) {
        boolean left = x <= 0f;
        double fraction = (double) x - TornadoMath.floor(x);
        double y = left ? 1 - (double) x : x;
        double shift = 0;
        for (int step = 0; step < ASYMPTOTIC && y < ASYMPTOTIC; step++) {
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
        double cosine = TornadoMath.cos(PI * fraction);
        double power = ratio * ratio * ratio * ratio;
        return (float) (left ? 2 * power * (1 + 2 * cosine * cosine) - right : right);
    }

    /** {@code log |Γ(x)·Γ(y) / Γ(x + y)|}: the greater one meets the sum. */
    public static float lbeta(float x, float y) {
        float least = x < y ? x : y;
        float greatest = x < y ? y : x;
        return lgamma(least) - lgammaDifference(greatest, least);
    }

    /** {@code log Γ(x + y) − log Γ(x)}: where both are large, by the difference of their expansions. */
    public static float lgammaDifference(float x, float y) {
        double sum = (double) x + y;
        if (x < ASYMPTOTIC | sum < ASYMPTOTIC | sum > Float.MAX_VALUE) {
            return lgamma((float) sum) - lgamma(x);
        }
        double rise = (x - 0.5) * TornadoMath.log(sum / x) + y * (TornadoMath.log(sum) - 1);
        return (float) (rise + (1 / sum - 1 / (double) x) / 12.0);
    }

    /** {@code ψ(x + y) − ψ(x)}, in the same way. */
    public static float digammaDifference(float x, float y) {
        double sum = (double) x + y;
        if (x < ASYMPTOTIC | sum < ASYMPTOTIC | sum > Float.MAX_VALUE) {
            return digamma((float) sum) - digamma(x);
        }
        double squares = 1 / ((double) x * x) - 1 / (sum * sum);
        return (float) (TornadoMath.log(sum / x) + 0.5 * y / (x * sum) + squares / 12.0);
    }

    /** {@code ψ′(x + y) − ψ′(x)}, in the same way. */
    public static float trigammaDifference(float x, float y) {
        double sum = (double) x + y;
        if (x < ASYMPTOTIC | sum < ASYMPTOTIC | sum > Float.MAX_VALUE) {
            return trigamma((float) sum) - trigamma(x);
        }
        double v = 1 / (double) x;
        double w = 1 / sum;
        double second = v * v + v * w + w * w;
        return (float) (-y * v * w * (1 + (v + w) / 2.0 + second / 6.0));
    }
}
