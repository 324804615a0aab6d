package dev.lossforge.runtime.internal.kernel;

/**
 * Functions of single values, computed in double precision and rounded once. The error is that of the rounding,
 * slightly more than ½ ulp, except for {@link #lgamma}, {@link #digamma} and {@link #trigamma} near their zeros left of
 * 0.
 */
public final class Scalars {
    private static final double LOG_2 = Math.log(2);

    private Scalars() {}

    public static float square(float x) {
        return x * x;
    }

    public static float sqrt(float x) {
        return (float) Math.sqrt(x);
    }

    public static float exp(float x) {
        return (float) Math.exp(x);
    }

    public static float expm1(float x) {
        return (float) Elementary.expm1(x);
    }

    public static float log(float x) {
        return (float) Math.log(x);
    }

    public static float log1p(float x) {
        return (float) Elementary.log1p(x);
    }

    /** {@code expm1(x) − x}. */
    public static float expm1Rest(float x) {
        return (float) TaylorRests.expm1(x);
    }

    /** {@code log1p(x) − x}. */
    public static float log1pRest(float x) {
        return (float) TaylorRests.log1p(x);
    }

    /** {@code log x − (x − 1)}. */
    public static float logRest(float x) {
        return (float) TaylorRests.log(x);
    }

    /** {@code log(1 − eˣ)} for {@code x < 0}. */
    public static float log1mExp(float x) {
        return (float) (x > -LOG_2 ? Math.log(-Elementary.expm1(x)) : Elementary.log1p(-Math.exp(x)));
    }

    public static float sin(float x) {
        return (float) Math.sin(x);
    }

    public static float cos(float x) {
        return (float) Math.cos(x);
    }

    public static float tan(float x) {
        return (float) Math.tan(x);
    }

    public static float asin(float x) {
        return (float) Math.asin(x);
    }

    public static float acos(float x) {
        return (float) Math.acos(x);
    }

    public static float atan(float x) {
        return (float) Math.atan(x);
    }

    /**
     * Whether the squares of numbers with this largest magnitude neither overflow nor vanish, even if as many as an
     * array holds are added.
     */
    public static boolean isSquarable(float max) {
        return max >= 0x1p-50f && max <= 0x1p50f || max == 0;
    }

    /** Whether a number is finite and neither 0 nor subnormal. */
    public static boolean isNormal(float x) {
        return Math.abs(x) >= Float.MIN_NORMAL && Math.abs(x) <= Float.MAX_VALUE;
    }

    public static float sinh(float x) {
        return (float) Elementary.sinh(x);
    }

    public static float cosh(float x) {
        return (float) Elementary.cosh(x);
    }

    public static float tanh(float x) {
        return (float) Elementary.tanh(x);
    }

    public static float asinh(float x) {
        double a = Math.abs((double) x);
        double magnitude = Double.isInfinite(a) ? a : Elementary.log1p(a + a * a / (1 + Math.sqrt(a * a + 1)));
        return (float) Math.copySign(magnitude, x);
    }

    public static float acosh(float x) {
        double above = (double) x - 1;
        return (float) Elementary.log1p(above + Math.sqrt(above) * Math.sqrt((double) x + 1));
    }

    public static float atanh(float x) {
        return (float) (0.5 * (Elementary.log1p(x) - Elementary.log1p(-x)));
    }

    /**
     * {@code log cosh x} without overflow; {@code x²/2} in its first terms near 0, where the logarithm would cancel.
     */
    public static float logCosh(float x) {
        double a = Math.abs((double) x);
        if (a < 0.01) {
            double square = a * a;
            return (float) (square / 2 - square * square / 12 + square * square * square / 45);
        }
        return (float) (a + Elementary.log1p(Math.exp(-2 * a)) - LOG_2);
    }

    /** {@code 1 / (1 + e⁻ˣ)}. */
    public static float sigmoid(float x) {
        double e = Math.exp(-Math.abs((double) x));
        return (float) (x >= 0 ? 1 / (1 + e) : e / (1 + e));
    }

    /** {@code log(1 + eˣ)}. */
    public static float softplus(float x) {
        return (float) (Math.max((double) x, 0) + Elementary.log1p(Math.exp(-Math.abs((double) x))));
    }

    /** {@code log(1 / (1 + e⁻ˣ))}. */
    public static float logSigmoid(float x) {
        return (float) (Math.min((double) x, 0) - Elementary.log1p(Math.exp(-Math.abs((double) x))));
    }

    public static float erf(float x) {
        return (float) SpecialFunctions.erf(x);
    }

    /** {@code log |Γ(x)|}. */
    public static float lgamma(float x) {
        return (float) SpecialFunctions.lgamma(x);
    }

    /** {@code 1 − erf x}. */
    public static float erfc(float x) {
        return (float) NormalFunctions.erfc(x);
    }

    /** {@code Φ(x)}. */
    public static float normalCdf(float x) {
        return (float) NormalFunctions.normalCdf(x);
    }

    /** {@code log Φ(x)}. */
    public static float logNormalCdf(float x) {
        return (float) NormalFunctions.logNormalCdf(x);
    }

    /** The x with {@code Φ(x) = p}. */
    public static float normalQuantile(float p) {
        return (float) NormalFunctions.normalQuantile(p);
    }

    /** {@code φ(x) / Φ(x)}. */
    public static float inverseMills(float x) {
        return (float) NormalFunctions.inverseMills(x);
    }

    /** The derivative of {@link #inverseMills}. */
    public static float millsSlope(float x) {
        return (float) NormalFunctions.millsSlope(x);
    }

    /** {@code log |Γ(x)·Γ(y) / Γ(x + y)|}. */
    public static float lbeta(float x, float y) {
        return (float) SpecialFunctions.lbeta(x, y);
    }

    /** {@code log Γ(x + y) − log Γ(x)}. */
    public static float lgammaDifference(float x, float y) {
        return (float) SpecialFunctions.lgammaDifference(x, y);
    }

    /** {@code ψ(x + y) − ψ(x)}. */
    public static float digammaDifference(float x, float y) {
        return (float) SpecialFunctions.digammaDifference(x, y);
    }

    /** {@code ψ′(x + y) − ψ′(x)}. */
    public static float trigammaDifference(float x, float y) {
        return (float) SpecialFunctions.trigammaDifference(x, y);
    }

    /** {@code Γ′(x) / Γ(x)}. */
    public static float digamma(float x) {
        return (float) SpecialFunctions.digamma(x);
    }

    /** The derivative of {@link #digamma}. */
    public static float trigamma(float x) {
        return (float) SpecialFunctions.trigamma(x);
    }

    /** The derivative of {@link #trigamma}; {@link #pentagamma} is its derivative. */
    public static float tetragamma(float x) {
        return (float) PolygammaFunctions.tetragamma(x);
    }

    public static float pentagamma(float x) {
        return (float) PolygammaFunctions.pentagamma(x);
    }

    /** {@code log I₀(x)}. */
    public static float logBesselI0(float x) {
        return (float) BesselFunctions.logI0(x);
    }

    /** {@code I₁(x) / I₀(x)}. */
    public static float besselI1I0(float x) {
        return (float) BesselFunctions.ratio(x);
    }

    /** The derivative of {@link #besselI1I0}; {@link #besselCurvature} is its derivative. */
    public static float besselSlope(float x) {
        return (float) BesselFunctions.slope(x);
    }

    public static float besselCurvature(float x) {
        return (float) BesselFunctions.curvature(x);
    }

    public static float floor(float x) {
        return (float) Math.floor(x);
    }

    public static float ceil(float x) {
        return (float) Math.ceil(x);
    }

    /** The nearest whole number, ties to even. */
    public static float round(float x) {
        return (float) Math.rint(x);
    }

    /** 0 for every number, NaN for NaN. */
    public static float nanOrZero(float x) {
        return Float.isNaN(x) ? x : 0;
    }

    public static float pow(float x, float y) {
        return (float) Math.pow(x, y);
    }

    public static float atan2(float y, float x) {
        return (float) Math.atan2(y, x);
    }

    /** {@code √(x² + y²)} without overflow. */
    public static float hypot(float x, float y) {
        if (Float.isInfinite(x) || Float.isInfinite(y)) {
            return Float.POSITIVE_INFINITY;
        }
        return (float) Math.sqrt((double) x * x + (double) y * y);
    }

    /** {@code x · log y}, and 0 where {@code x = 0} and {@code y ≥ 0}. */
    public static float xlogy(float x, float y) {
        return x == 0 && y >= 0 ? 0 : (float) (x * Math.log(y));
    }

    /** {@code x · log(1 + y)}, and 0 where {@code x = 0} and {@code y ≥ −1}. */
    public static float xlog1py(float x, float y) {
        return x == 0 && y >= -1 ? 0 : (float) (x * Elementary.log1p(y));
    }

    /** {@code x / y}, and 0 where {@code x = 0} and y is not NaN. */
    public static float xdivy(float x, float y) {
        return x == 0 && !Float.isNaN(y) ? 0 : x / y;
    }

    /** {@code log(x / y)}; the quotient, in double precision, does not overflow. */
    public static float logQuotient(float x, float y) {
        return (float) Math.log((double) x / y);
    }

    /** {@code x · log(x / y)}, and 0 where {@code x = 0} and y is not NaN. */
    public static float relativeEntropy(float x, float y) {
        return x == 0 && !Float.isNaN(y) ? 0 : (float) (x * Math.log((double) x / y));
    }

    /** {@code x / y}, and 0 where y is 0: for lanes whose result is not used. */
    public static int divide(int x, int y) {
        return y == 0 ? 0 : x / y;
    }

    /** {@code x % y}, and 0 where y is 0: for lanes whose result is not used. */
    public static int remainder(int x, int y) {
        return y == 0 ? 0 : x % y;
    }

    /** An entry of a table, NaN outside it. */
    public static float entry(float[] table, int offset, int index, int extent) {
        return index >= 0 && index < extent ? table[offset + index] : Float.NaN;
    }

    /** An entry of a table, 0 outside it. */
    public static int entry(int[] table, int offset, int index, int extent) {
        return index >= 0 && index < extent ? table[offset + index] : 0;
    }

    /** An entry of a table of rows, NaN outside it. */
    public static float entry(float[] table, int offset, int row, int rows, int index, int extent) {
        return row >= 0 && row < rows ? entry(table, offset + row * extent, index, extent) : Float.NaN;
    }

    /** An entry of a table of rows, 0 outside it. */
    public static int entry(int[] table, int offset, int row, int rows, int index, int extent) {
        return row >= 0 && row < rows ? entry(table, offset + row * extent, index, extent) : 0;
    }
}
