package dev.lossforge.processor.vector;

/**
 * The exponential function and what is made of it: {@code x = k·log 2 + r}, {@code eˣ = 2ᵏ·eʳ}. The logarithm of 2 is
 * split in two, so that the product of k with the first part is exact.
 */
final class Exponentials extends FunctionFamily {
    private static final float LOG2_E = 1.442695f;
    static final float LN2_HIGH = 0.693359375f;
    static final float LN2_LOW = -2.1219444e-4f;
    private static final float LN2 = 0.6931472f;

    /** Beyond these, the exponential is 0 or infinite in float. */
    private static final float MIN = -104f;

    private static final float MAX = 89f;
    /** Below, {@code eˣ − 1} is −1 in float. */
    private static final float EXPM1_MIN = -25f;

    /** Its low bits count from the exponent of 2⁶⁴ on, so that those of a shrinking exponential stay positive. */
    private static final float BIASED_ROUNDER = ROUNDER + 127 + 64;

    private static final float SHRINK = 0x1p-64f;

    /** {@code (eʳ − 1 − r) / r²} for {@code |r| ≤ ½ log 2}. */
    private static final float[] TAIL = {0.0013820742f, 0.008369248f, 0.04166828f, 0.16666517f, 0.49999994f};

    /** {@link #TAIL} to its own last digit. */
    private static final float[] LONG_TAIL = {
        0.00019899305f, 0.0013933665f, 0.008333298f, 0.041666463f, 0.16666667f, 0.5f
    };

    /** {@code log(1 + e) / e} for {@code 0 ≤ e ≤ 1}. */
    private static final float[] LOG1P = {
        -0.0032563784f,
        0.019907162f,
        -0.0570642f,
        0.10614265f,
        -0.15311863f,
        0.19678117f,
        -0.24954559f,
        0.33330005f,
        -0.49999905f,
        1f
    };

    /** {@code (2ᶠ − 1) / f} for {@code |f| ≤ ½}. */
    private static final float[] EXP2 = {
        0.00015329235f, 0.001339189f, 0.009618503f, 0.05550358f, 0.24022648f, 0.6931472f
    };

    /** Added to an exponent, the sign bit of the float. */
    private static final int SIGN_BIT = 256;

    /** {@code (tanh x − x) / x³} by {@code x²}, for {@code |x| ≤ 0.6}. */
    private static final float[] TANH = {-0.005715499f, 0.020649103f, -0.053743005f, 0.13331485f, -0.33333284f};

    /** {@code log(cosh x) / x²} by {@code x²}, for {@code |x| ≤ 1}. */
    private static final float[] LOG_COSH = {
        8.7865534e-05f, -0.00056040427f, 0.0020825213f, -0.0067135002f, 0.022217449f, -0.0833331f, 0.5f
    };

    /** {@code log(1 − 2E) / E} for {@code −½e⁻² ≤ E ≤ 0}. */
    private static final float[] LOG_REST = {-4.674388f, -3.8819702f, -2.6628885f, -1.999947f, -1.9999998f};

    /** From here on the hyperbolic functions are infinite in float. */
    private static final float MAX_HYPERBOLIC = 89.5f;

    /** {@code (sinh r − r) / r³} by {@code r²}, for {@code |r| ≤ ½ log 2}. */
    private static final float[] SINH = {0.008367293f, 0.16666538f};

    /** {@code (cosh r − 1) / r²} by {@code r²}. */
    private static final float[] COSH = {0.0013936269f, 0.04166645f, 0.5f};

    Exponentials(VectorGraph g) {
        super(g);
    }

    /** {@code x = k·log 2 + r} with {@code |r| ≤ ½ log 2}; the low bits of {@code count} are those of k. */
    private record Reduced(VectorNode count, VectorNode r) {}

    private Reduced reduce(VectorNode x) {
        VectorNode rounded = g.fma(x, c(LOG2_E), c(ROUNDER));
        VectorNode k = g.subtract(rounded, c(ROUNDER));
        VectorNode r = g.fma(k, c(-LN2_LOW), g.fma(k, c(-LN2_HIGH), x));
        return new Reduced(g.toBits(rounded), r);
    }

    /** {@code eʳ}. */
    private VectorNode mantissa(VectorNode r) {
        VectorNode tail = g.polynomial(r, TAIL);
        return g.fma(r, g.fma(r, tail, c(1)), c(1));
    }

    /** {@code eʳ − 1}. */
    private VectorNode excess(VectorNode r) {
        return g.fma(g.multiply(r, r), g.polynomial(r, TAIL), r);
    }

    VectorNode exp(VectorNode x) {
        return g.isNonPositive(x) ? expOfNonPositive(x) : ofBounded(atLeast(atMost(x, MAX), MIN));
    }

    /** {@code e^(−|x|)}, which the functions of the logistic family share. */
    private VectorNode decay(VectorNode x) {
        return expOfNonPositive(g.isNonPositive(x) ? x : negativeAbs(x));
    }

    private VectorNode expOfNonPositive(VectorNode x) {
        Shrinking reduced = shrinking(x);
        return where(g.less(x, c(MIN)), 0, g.multiply(g.multiply(mantissa(reduced.r()), reduced.grown()), c(SHRINK)));
    }

    private VectorNode expm1OfNonPositive(VectorNode x) {
        Shrinking reduced = shrinking(x);
        VectorNode scale = g.multiply(reduced.grown(), c(SHRINK));
        VectorNode result = g.fma(scale, excess(reduced.r()), g.subtract(scale, c(1)));
        return keepZero(x, where(g.less(x, c(MIN)), -1, result));
    }

    /**
     * Of {@code x = k·log 2 + r}: 2ᵏ⁺⁶⁴, which is a normal float for {@link #MIN} {@code ≤ x ≤ 0}, and r. Below, both
     * are anything. Moving x to the bound instead would leave a result that is 0 only by rounding, not as a factor of
     * others.
     */
    private record Shrinking(VectorNode grown, VectorNode r) {}

    private Shrinking shrinking(VectorNode x) {
        VectorNode rounded = g.fma(x, c(LOG2_E), c(BIASED_ROUNDER));
        VectorNode k = g.subtract(rounded, c(BIASED_ROUNDER));
        VectorNode r = g.fma(k, c(-LN2_LOW), g.fma(k, c(-LN2_HIGH), x));
        return new Shrinking(g.fromBits(g.shiftLeft(g.toBits(rounded), 23)), r);
    }

    /**
     * The exponential between {@link #MIN} and {@link #MAX}. 2ᵏ is multiplied in halves: results may be subnormal or
     * infinite, and a product keeps every NaN, which arithmetic on bits does not.
     */
    private VectorNode ofBounded(VectorNode x) {
        Reduced reduced = reduce(x);
        Halves scale = halves(reduced.count());
        return g.multiply(g.multiply(mantissa(reduced.r()), scale.first()), scale.second());
    }

    /** Two powers of two whose product is 2ᵏ. */
    private record Halves(VectorNode first, VectorNode second) {}

    private Halves halves(VectorNode count) {
        VectorNode half = g.shiftRight(count, 1);
        return new Halves(powerOfTwo(half), powerOfTwo(intSubtract(count, half)));
    }

    /** 2ᵏ of the low bits of a count. */
    private VectorNode powerOfTwo(VectorNode count) {
        return g.fromBits(intAdd(g.shiftLeft(count, 23), 0x3f800000));
    }

    VectorNode expm1(VectorNode x) {
        if (g.isNonPositive(x)) {
            return expm1OfNonPositive(x);
        }
        Reduced reduced = reduce(atLeast(atMost(x, MAX), EXPM1_MIN));
        VectorNode half = g.fromBits(g.shiftLeft(intAdd(reduced.count(), 126), 23));
        VectorNode result = g.fma(half, excess(reduced.r()), g.subtract(half, c(0.5f)));
        return keepZero(x, g.add(result, result));
    }

    /** As {@link #expm1}, without x, which is r itself where {@code k = 0}. */
    VectorNode expm1Rest(VectorNode x) {
        VectorNode bounded = atMost(x, MAX);
        Reduced reduced = reduce(atLeast(bounded, EXPM1_MIN));
        VectorNode r = reduced.r();
        VectorNode half = g.fromBits(g.shiftLeft(intAdd(reduced.count(), 126), 23));
        VectorNode linear = g.fma(bounded, c(-0.5f), g.fma(half, r, g.subtract(half, c(0.5f))));
        VectorNode result = g.fma(half, g.multiply(g.multiply(r, r), g.polynomial(r, LONG_TAIL)), linear);
        return g.add(result, result);
    }

    /** {@code near ? 1 − eˣ : −eˣ} for {@code x < 0}, near where {@code x > −log 2}; NaN or negative for positive x. */
    VectorNode complement(VectorNode x, VectorNode near) {
        Reduced reduced = reduce(atLeast(atMost(x, 1), MIN));
        VectorNode excess = excess(reduced.r());
        Halves scale = halves(reduced.count());
        VectorNode whole = g.multiply(scale.first(), scale.second());
        VectorNode expm1 = g.fma(whole, excess, g.subtract(whole, c(1)));
        VectorNode exp = g.multiply(g.fma(scale.first(), excess, scale.first()), scale.second());
        return g.negate(g.blend(near, expm1, exp));
    }

    VectorNode sigmoid(VectorNode x) {
        VectorNode e = decay(x);
        VectorNode numerator = g.isNonPositive(x) ? e : g.blend(g.less(x, c(0)), e, c(1));
        return g.divide(numerator, g.add(e, c(1)));
    }

    /** {@code max(x, 0) + log(1 + e^(−|x|))}. */
    VectorNode softplus(VectorNode x) {
        VectorNode e = decay(x);
        VectorNode log1p = g.polynomial(e, LOG1P);
        return g.isNonPositive(x) ? g.multiply(e, log1p) : g.fma(e, log1p, where(g.less(x, c(0)), 0, x));
    }

    /** {@code min(x, 0) − log(1 + e^(−|x|))}. */
    VectorNode logSigmoid(VectorNode x) {
        VectorNode e = decay(x);
        return g.fma(g.negate(e), g.polynomial(e, LOG1P), where(g.less(c(0), x), 0, x));
    }

    /** {@code cosh r·(s − t) + sinh r·(s + t)} for {@code s = 2ᵏ⁻²} and {@code t = 2⁻ᵏ⁻²}, doubled. */
    VectorNode sinh(VectorNode x) {
        Hyperbola h = hyperbola(x);
        VectorNode half = g.fma(h.cosh(), h.difference(), g.multiply(h.sinh(), h.sum()));
        return withSign(g.add(half, half), sign(x));
    }

    VectorNode cosh(VectorNode x) {
        Hyperbola h = hyperbola(x);
        VectorNode half = g.fma(h.cosh(), h.sum(), g.multiply(h.sinh(), h.difference()));
        return g.add(half, half);
    }

    /** Of {@code |x| = k·log 2 + r}: the functions of r, and sum and difference of {@code 2ᵏ⁻²} and {@code 2⁻ᵏ⁻²}. */
    private record Hyperbola(VectorNode cosh, VectorNode sinh, VectorNode sum, VectorNode difference) {}

    private Hyperbola hyperbola(VectorNode x) {
        Reduced reduced = reduce(atMost(g.abs(eitherSign(x)), MAX_HYPERBOLIC));
        VectorNode r = reduced.r();
        VectorNode square = g.multiply(r, r);
        VectorNode sinh = g.fma(g.multiply(r, square), g.polynomial(square, SINH), r);
        VectorNode cosh = g.fma(square, g.polynomial(square, COSH), c(1));
        VectorNode grown = g.fromBits(g.shiftLeft(intAdd(reduced.count(), 125), 23));
        VectorNode bits = g.shiftLeft(intSubtract(g.constant(125), reduced.count()), 23);
        VectorNode shrunk = where(g.less(c(20), g.abs(eitherSign(x))), 0, g.fromBits(bits));
        return new Hyperbola(cosh, sinh, g.add(grown, shrunk), g.subtract(grown, shrunk));
    }

    /** With {@code E = −½e^(−2|x|)}: {@code tanh |x| = 1 + 4E / (1 − 2E)}, and a polynomial where that would cancel. */
    VectorNode tanh(VectorNode x) {
        VectorNode magnitude = g.abs(eitherSign(x));
        VectorNode e = halfDecay(magnitude);
        VectorNode far = g.fma(g.divide(e, g.fma(e, c(-2), c(1))), c(4), c(1));
        VectorNode square = square(x);
        VectorNode near = g.fma(g.multiply(magnitude, square), g.polynomial(square, TANH), magnitude);
        return withSign(g.blend(g.less(c(0.58f), magnitude), far, near), sign(x));
    }

    /** {@code |x| − log 2 + log(1 − 2E)}, and a polynomial where that would cancel. */
    VectorNode logCosh(VectorNode x) {
        VectorNode magnitude = g.abs(eitherSign(x));
        VectorNode e = halfDecay(magnitude);
        VectorNode far = g.fma(e, g.polynomial(e, LOG_REST), g.subtract(magnitude, c(LN2)));
        VectorNode square = square(x);
        VectorNode near = g.multiply(square, g.polynomial(square, LOG_COSH));
        return g.blend(g.less(c(1), magnitude), far, near);
    }

    /** {@code −½e⁻²ˣ} for {@code x ≥ 0}. */
    private VectorNode halfDecay(VectorNode x) {
        return negativeExp(atLeast(g.multiply(x, c(-2)), EXPM1_MIN), 126);
    }

    /** {@code 1 − eˣ} for {@code −25 ≤ x < −½}. */
    VectorNode oneMinusExp(VectorNode x) {
        return g.add(negativeExp(x, 127), c(1));
    }

    /** {@code −2ᵇ⁻¹²⁷·eˣ}, where the exponential is a normal float. */
    private VectorNode negativeExp(VectorNode x, int bias) {
        Reduced reduced = reduce(x);
        VectorNode scale = g.fromBits(g.shiftLeft(intAdd(reduced.count(), bias + SIGN_BIT), 23));
        return g.fma(scale, excess(reduced.r()), scale);
    }

    /** {@code 2^(x + low)}, for a low part that counts where the sum is in the range of floats. */
    VectorNode exp2(VectorNode x, VectorNode low) {
        VectorNode bounded = atLeast(atMost(x, 129), -151);
        VectorNode rest = g.blend(g.equal(x, bounded), low, c(0));
        VectorNode rounded = g.add(bounded, c(ROUNDER));
        VectorNode f = g.add(g.subtract(bounded, g.subtract(rounded, c(ROUNDER))), rest);
        VectorNode mantissa = g.fma(f, g.polynomial(f, EXP2), c(1));
        Halves scale = halves(g.toBits(rounded));
        return g.multiply(g.multiply(mantissa, scale.first()), scale.second());
    }
}
