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
    private static final float LEAST = -104f;

    private static final float GREATEST = 89f;
    /** Below, {@code eˣ − 1} is −1 in float. */
    private static final float EXPM1_LEAST = -25f;

    /** {@code (eʳ − 1 − r) / r²} for {@code |r| ≤ ½ log 2}. */
    private static final float[] TAIL = {0.0013933651f, 0.00836318f, 0.041666467f, 0.16666576f, 0.5f};

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

    /** {@code log(cosh x) / x²} by {@code x²}, for {@code |x| ≤ 1}. */
    private static final float[] LOG_COSH = {
        8.7865534e-05f, -0.00056040427f, 0.0020825213f, -0.0067135002f, 0.022217449f, -0.0833331f, 0.5f
    };

    /** {@code log(1 − 2E) / E} for {@code −½e⁻² ≤ E ≤ 0}. */
    private static final float[] LOG_REST = {-4.674388f, -3.8819702f, -2.6628885f, -1.999947f, -1.9999998f};

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
        return ofBounded(atLeast(atMost(x, GREATEST), LEAST));
    }

    /** {@code e⁻ˣ} for {@code x ≥ 0}. */
    VectorNode expOfNegative(VectorNode x) {
        return ofBounded(atLeast(x, LEAST));
    }

    /** {@code e^(−|x|)}, which the functions of the logistic family share. */
    private VectorNode decay(VectorNode x) {
        return expOfNegative(negativeAbs(x));
    }

    /**
     * The exponential between {@link #LEAST} and {@link #GREATEST}. 2ᵏ is multiplied in halves: results may be
     * subnormal or infinite, and a product keeps every NaN, which arithmetic on bits does not.
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
        Reduced reduced = reduce(atLeast(atMost(x, GREATEST), EXPM1_LEAST));
        VectorNode half = g.fromBits(g.shiftLeft(intAdd(reduced.count(), 126), 23));
        VectorNode result = g.fma(half, excess(reduced.r()), g.subtract(half, c(0.5f)));
        return keepZero(x, g.add(result, result));
    }

    /** {@code near ? 1 − eˣ : −eˣ} for {@code x < 0}, near where {@code x > −log 2}; NaN or negative for positive x. */
    VectorNode complement(VectorNode x, VectorNode near) {
        Reduced reduced = reduce(atLeast(atMost(x, 1), LEAST));
        VectorNode excess = excess(reduced.r());
        Halves scale = halves(reduced.count());
        VectorNode whole = g.multiply(scale.first(), scale.second());
        VectorNode expm1 = g.fma(whole, excess, g.subtract(whole, c(1)));
        VectorNode exp = g.multiply(g.fma(scale.first(), excess, scale.first()), scale.second());
        return g.negate(g.blend(near, expm1, exp));
    }

    VectorNode sigmoid(VectorNode x) {
        VectorNode e = decay(x);
        VectorNode numerator = g.blend(g.less(x, c(0)), e, c(1));
        return g.divide(numerator, g.add(e, c(1)));
    }

    /** {@code max(x, 0) + log(1 + e^(−|x|))}. */
    VectorNode softplus(VectorNode x) {
        VectorNode e = decay(x);
        return g.fma(e, g.polynomial(e, LOG1P), where(g.less(x, c(0)), 0, x));
    }

    /** {@code min(x, 0) − log(1 + e^(−|x|))}. */
    VectorNode logSigmoid(VectorNode x) {
        VectorNode e = decay(x);
        return g.fma(g.negate(e), g.polynomial(e, LOG1P), where(g.less(c(0), x), 0, x));
    }

    /** With {@code E = −½e^(−2|x|)}: {@code tanh |x| = (E + ½) / (½ − E)}. */
    VectorNode tanh(VectorNode x) {
        Decayed d = decayed(x);
        VectorNode half = g.fma(d.scale(), d.excess(), g.add(d.scale(), c(0.5f)));
        return withSign(g.divide(half, g.subtract(c(1), half)), sign(x));
    }

    /** {@code |x| − log 2 + log(1 − 2E)}, and a polynomial where that would cancel. */
    VectorNode logCosh(VectorNode x) {
        VectorNode magnitude = g.abs(x);
        Decayed d = decayed(x);
        VectorNode e = g.fma(d.scale(), d.excess(), d.scale());
        VectorNode far = g.fma(e, g.polynomial(e, LOG_REST), g.subtract(magnitude, c(LN2)));
        VectorNode square = g.multiply(x, x);
        VectorNode near = g.multiply(square, g.polynomial(square, LOG_COSH));
        return g.blend(g.less(c(1), magnitude), far, near);
    }

    /** {@code −½e^(−2|x|) = scale·(1 + excess)}. */
    private record Decayed(VectorNode scale, VectorNode excess) {}

    private Decayed decayed(VectorNode x) {
        Reduced reduced = reduce(atLeast(g.multiply(g.abs(x), c(-2)), EXPM1_LEAST));
        VectorNode scale = g.fromBits(g.shiftLeft(intAdd(reduced.count(), 126 + 256), 23));
        return new Decayed(scale, excess(reduced.r()));
    }
}
