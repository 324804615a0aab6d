package dev.lossforge.runtime.tornadovm.internal.kernel;

import uk.ac.manchester.tornado.api.math.TornadoMath;

/**
 * The modified Bessel function {@code I₀} and the ratio {@code r = I₁ / I₀} for kernels, in double precision, rounded
 * once; the device must support doubles. Power series up to 30, expansions in {@code 1/x} above.
 */
public final class DeviceBessel {
    private static final double ASYMPTOTIC = 30;
    private static final double NEAR = 0.01;
    private static final double TWO_PI = 6.283185307179586;

    private DeviceBessel() {}

    /** {@code log I₀(x)}. */
    public static float logBesselI0(float x) {
        double a = TornadoMath.abs((double) x);
        if (a > Float.MAX_VALUE) {
            return Float.POSITIVE_INFINITY;
        }
        double t = 1 / (8 * (a < ASYMPTOTIC ? ASYMPTOTIC : a));
        double series = t * (1 + t * (9 / 2.0 + t * (75 / 2.0 + t * (3675 / 8.0 + t * 59535 / 8))));
        double far = a - 0.5 * TornadoMath.log(TWO_PI / (8 * t)) + TornadoMath.log(1 + series);
        double square = x * (double) x;
        double small = square / 4 - square * square / 64 + square * square * square / 576;
        return (float) (a < NEAR ? small : a > ASYMPTOTIC ? far : TornadoMath.log(sum(a, 0)));
    }

    /** {@code I₁(x) / I₀(x)}. */
    public static float besselI1I0(float x) {
        double a = TornadoMath.abs((double) x);
        return (float) (x < 0f ? -ratio(a) : ratio(a));
    }

    /** The derivative of {@link #besselI1I0}: {@code 1 − r/x − r²}. */
    public static float besselSlope(float x) {
        return (float) slope(TornadoMath.abs((double) x));
    }

    /** The derivative of {@link #besselSlope}: {@code r/x² − r′/x − 2·r·r′}. */
    public static float besselCurvature(float x) {
        double a = TornadoMath.abs((double) x);
        double square = a * a;
        double r = ratio(a);
        double v = 1 / a;
        double far = -v
                * v
                * v
                * (1
                        + v
                                * (3 / 4.0
                                        + v
                                                * (3 / 2.0
                                                        + v
                                                                * (125 / 32.0
                                                                        + v
                                                                                * (195 / 16.0
                                                                                        + v
                                                                                                * (22533 / 512.0
                                                                                                        + v * 721
                                                                                                                / 4))))));
        double middle = r / square - slope(a) / a - 2 * r * slope(a);
        double near = -a * (3 / 8.0 - square * (5 / 24.0 - square * 77 / 1024));
        double right = a < NEAR ? near : a > ASYMPTOTIC ? far : middle;
        return (float) (x < 0f ? -right : right);
    }

    private static double slope(double a) {
        double square = a * a;
        double r = ratio(a);
        double v = 1 / a;
        double far = v
                * v
                * (1 / 2.0
                        + v
                                * (1 / 4.0
                                        + v
                                                * (3 / 8.0
                                                        + v
                                                                * (25 / 32.0
                                                                        + v
                                                                                * (65 / 32.0
                                                                                        + v
                                                                                                * (3219 / 512.0
                                                                                                        + v * 721
                                                                                                                / 32))))));
        double near = 0.5 - square * (3 / 16.0 - square * 5 / 96);
        return a < NEAR ? near : a > ASYMPTOTIC ? far : 1 - r / a - r * r;
    }

    private static double ratio(double a) {
        double v = 1 / a;
        double rest =
                v * (1 / 2.0 + v * (1 / 8.0 + v * (1 / 8.0 + v * (25 / 128.0 + v * (13 / 32.0 + v * 1073 / 1024)))));
        return a > ASYMPTOTIC ? 1 - rest : a / 2 * (sum(a, 1) / sum(a, 0));
    }

    /** {@code Σ (x²/4)ᵏ / (k!·(k + n)!)} for {@code x ≤ 30}. */
    private static double sum(double x, int n) {
        double bounded = x > ASYMPTOTIC ? ASYMPTOTIC : x;
        double term = 1;
        double sum = 1;
        for (int k = 1; k < 70; k++) {
            term *= bounded * bounded / (4.0 * k * (k + n));
            sum += term;
        }
        return sum;
    }
}
