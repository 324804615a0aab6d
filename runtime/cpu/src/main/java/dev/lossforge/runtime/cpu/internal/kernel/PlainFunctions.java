package dev.lossforge.runtime.cpu.internal.kernel;

import dev.lossforge.runtime.internal.kernel.Scalars;

/** Functions of single values; smooth ones are computed in double precision. */
final class PlainFunctions {
    /** {@code 1 / sqrt(2π)}. */
    private static final double DENSITY_AT_0 = 0.398942280401432678;

    private PlainFunctions() {}

    static float value(ElementFunction function, float x) {
        return switch (function) {
            case GELU -> x == Float.NEGATIVE_INFINITY ? 0 : x * Scalars.normalCdf(x);
            case LEAKY_RELU -> Math.max(x, ElementFunction.LEAK * x);
            case SOFTPLUS -> Scalars.softplus(x);
        };
    }

    static float slope(ElementFunction function, float x) {
        return switch (function) {
            case GELU -> Float.isInfinite(x) ? (x > 0 ? 1 : 0) : Scalars.normalCdf(x) + x * density(x);
            case LEAKY_RELU -> x > 0 ? 1 : Float.isNaN(x) ? x : ElementFunction.LEAK;
            case SOFTPLUS -> Scalars.sigmoid(x);
        };
    }

    private static float density(double x) {
        return (float) (DENSITY_AT_0 * Math.exp(-0.5 * x * x));
    }
}
