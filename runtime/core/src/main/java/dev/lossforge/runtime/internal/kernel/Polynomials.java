package dev.lossforge.runtime.internal.kernel;

/**
 * The constants by which all implementations of {@link BlockMath} reduce an argument and approximate exp and log. The
 * coefficients are Chebyshev fits made for this use.
 */
public final class Polynomials {
    /** Adding and subtracting it rounds to a whole number; its bits count the ones. */
    public static final float ROUNDER = 0x1.8p23f;

    public static final int ROUNDER_BITS = 0x4b400000;
    public static final float LOG2_E = 1.442695f;
    /** The leading bits of log 2: its products with exponents are exact. */
    public static final float LN2_HIGH = 0.693359375f;

    public static final float LN2_LOW = -2.1219444e-4f;

    /** Beyond these, exp is 0 or infinite in float. */
    public static final float EXP_LEAST = -104f;

    public static final float EXP_GREATEST = 89f;
    /** Within plus and minus this, exp is a normal float: its exponent can be added to the bits of its mantissa. */
    public static final float EXP_NORMAL = 87f;
    /** Below, expm1 is −1 in float. */
    public static final float EXPM1_LEAST = -25f;

    /** {@code (eʳ − 1 − r) / r²} for {@code |r| ≤ ½ log 2}, to 7e-8. */
    public static final float E0 = 0.5f;

    public static final float E1 = 0.16666576f;
    public static final float E2 = 0.041666467f;
    public static final float E3 = 0.00836318f;
    public static final float E4 = 0.0013933651f;

    /** The bits of √½: where the mantissa of a logarithm's argument begins. */
    public static final int SQRT_HALF_BITS = 0x3f3504f3;
    /** {@code (log(1 + z) − z + z²/2) / z³} for {@code √½ ≤ 1 + z ≤ √2}, to 3e-8. */
    public static final float L0 = 0.33333331f;

    public static final float L1 = -0.2499999f;
    public static final float L2 = 0.20000708f;
    public static final float L3 = -0.1666848f;
    public static final float L4 = 0.14249937f;
    public static final float L5 = -0.1241105f;
    public static final float L6 = 0.11661511f;
    public static final float L7 = -0.11571201f;
    public static final float L8 = 0.07149754f;

    /** {@code log(1 + x) / x} for {@code 0 ≤ x ≤ 1}, to 5e-9; the first coefficient is 1. */
    public static final float U1 = -0.49999905f;

    public static final float U2 = 0.33330005f;
    public static final float U3 = -0.24954559f;
    public static final float U4 = 0.19678117f;
    public static final float U5 = -0.15311863f;
    public static final float U6 = 0.10614265f;
    public static final float U7 = -0.0570642f;
    public static final float U8 = 0.019907162f;
    public static final float U9 = -0.0032563784f;

    /** Above, {@code 1 + x} and x have the same logarithm in float. */
    public static final float LOG1P_GREATEST = 0x1p25f;

    private Polynomials() {}
}
