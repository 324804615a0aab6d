package dev.lossforge.runtime.tornadovm.internal.kernel;

import uk.ac.manchester.tornado.api.math.TornadoMath;

/**
 * The normal distribution for kernels, in double precision, rounded once; the device must support doubles. All
 * functions use the scaled complementary error function: a series up to 2, the continued fraction of DLMF 7.9.2 above.
 */
public final class DeviceNormal {
    private static final double FRACTION_FROM = 2;
    private static final double ROOT_HALF = 0.7071067811865476;
    private static final double ROOT_PI = 1.772453850905516;
    private static final double ROOT_TWO_OVER_PI = 0.7978845608028654;
    private static final double ROOT_TWO_PI = 2.5066282746310002;

    private DeviceNormal() {}

    /** {@code 1 − erf x}. */
    public static float erfc(float x) {
        return (float) complement(x);
    }

    /** {@code Φ(x)}. */
    public static float normalCdf(float x) {
        return (float) (0.5 * complement(-x * ROOT_HALF));
    }

    /** {@code log Φ(x)}. */
    public static float logNormalCdf(float x) {
        return (float) logarithm(x);
    }

    /** {@code φ(x) / Φ(x)}. */
    public static float inverseMills(float x) {
        return (float) ratio(x);
    }

    /** The derivative of {@link #inverseMills}. */
    public static float millsSlope(float x) {
        double r = ratio(x);
        double slope = r > 0 ? -r * (x + r) : -r;
        return (float) (x < -1000 ? 1 / ((double) x * x) - 1 : slope);
    }

    /** The x with {@code Φ(x) = p}, by Newton's method on {@code log Φ}. */
    public static float normalQuantile(float p) {
        if (DeviceMath.isNan(p)) {
            return p; // for which a device may find p >= 1 true
        }
        if (p >= 1f) {
            return p > 1f ? TornadoMath.sqrt(-p) : Float.POSITIVE_INFINITY;
        }
        if (p <= 0f) {
            return p < 0f ? TornadoMath.sqrt(p) : Float.NEGATIVE_INFINITY;
        }
        boolean right = p > 0.5f;
        double log = TornadoMath.log(right ? 1 - (double) p : p);
        double x = -TornadoMath.sqrt(-2 * log);
        for (int step = 0; step < 12; step++) {
            x += (log - logarithm(x)) / ratio(x);
        }
        double left = p == 0.5f ? 0 : x;
        return (float) (right ? -left : left);
    }

    private static double logarithm(double x) {
        double t = -x * ROOT_HALF;
        return x < -1 ? TornadoMath.log(0.5 * scaled(t)) - t * t : log1p(-0.5 * complement(-t));
    }

    /** {@code log(1 + x)}: the rounding error of 1 + x is divided out (Kahan). */
    private static double log1p(double x) {
        double sum = 1 + x;
        double kept = sum - 1;
        return kept == 0 ? x : TornadoMath.log(sum) * (x / kept);
    }

    private static double ratio(double x) {
        return x < 0
                ? ROOT_TWO_OVER_PI / scaled(-x * ROOT_HALF)
                : TornadoMath.exp(-0.5 * x * x) / ROOT_TWO_PI / (0.5 * complement(-x * ROOT_HALF));
    }

    private static double complement(double x) {
        return x < 0.5 ? 1 - erf(x) : TornadoMath.exp(-x * x) * scaled(x);
    }

    private static double scaled(double x) {
        if (x < FRACTION_FROM) {
            return TornadoMath.exp(x * x) * (1 - erf(x));
        }
        double below = x;
        for (int n = 60; n > 0; n--) {
            below = x + n / (2 * below);
        }
        return 1 / (ROOT_PI * below);
    }

    /** The series of DLMF 7.6.2, whose terms have one sign. */
    private static double erf(double x) {
        double near = x < -6 ? -6 : x > 6 ? 6 : x;
        double term = near;
        double sum = near;
        for (int n = 1; n < 130; n++) {
            term *= 2 * near * near / (2 * n + 1);
            sum += term;
        }
        return 2 / ROOT_PI * TornadoMath.exp(-near * near) * sum;
    }
}
