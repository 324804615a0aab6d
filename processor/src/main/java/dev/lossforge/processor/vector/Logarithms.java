package dev.lossforge.processor.vector;

/**
 * Logarithms: {@code x = 2ᵏ·(1 + z)} with {@code √½ ≤ 1 + z < √2}, {@code log x = k·log 2 + log(1 + z)}. Where the
 * argument is a sum {@code a + c}, z is computed from both, so that what the sum loses to rounding is kept.
 */
final class Logarithms extends FunctionFamily {
    /** The bits of √½, where mantissas begin. */
    private static final int SQRT_HALF = 0x3f3504f3;

    private static final float LN2 = 0.6931472f;
    private static final float LOG2_E = 1.442695f;
    private static final float LOG2_E_LOW = 1.92596303e-08f;

    private static final int ONE = 0x3f800000;

    /** {@code (log(1 + z) − z + z²/2) / z³}. */
    private static final float[] TAIL = {
        0.07149754f,
        -0.11571201f,
        0.11661511f,
        -0.1241105f,
        0.14249937f,
        -0.1666848f,
        0.20000708f,
        -0.2499999f,
        0.33333331f
    };

    private final Exponentials exponentials;

    Logarithms(VectorGraph g) {
        super(g);
        this.exponentials = new Exponentials(g);
    }

    VectorNode log(VectorNode x) {
        Parts parts = parts(x);
        return special(x, infiniteToInfinity(x, polynomial(parts.k(), parts.z())));
    }

    /** {@code x = 2ᵏ·(1 + z)}, k as a float. */
    private record Parts(VectorNode k, VectorNode z) {}

    private Parts parts(VectorNode x) {
        VectorNode tiny = g.less(x, c(Float.MIN_NORMAL));
        VectorNode bits = g.toBits(g.blend(tiny, g.multiply(x, c(0x1p23f)), x));
        VectorNode exponent = exponent(bits);
        VectorNode z = g.subtract(g.fromBits(intSubtract(bits, g.shiftLeft(exponent, 23))), c(1));
        return new Parts(unscaled(exponent, tiny), z);
    }

    /** A number as the sum of two floats, the second small beside the first. */
    record Pair(VectorNode high, VectorNode low) {}

    /** {@code log₂ x} of a magnitude, to 2⁻²⁷ of itself; infinite for 0 and for infinity. */
    Pair log2(VectorNode x) {
        Parts parts = parts(x);
        VectorNode k = parts.k();
        VectorNode z = parts.z();
        VectorNode square = g.multiply(z, z);
        VectorNode lost = g.fma(z, z, g.negate(square));
        VectorNode cubic = g.multiply(g.multiply(z, square), g.polynomial(z, TAIL));
        VectorNode main = g.fma(square, c(-0.5f), z);
        VectorNode mainLost = g.fma(square, c(-0.5f), g.subtract(z, main));
        VectorNode rest = g.add(g.fma(lost, c(-0.5f), mainLost), cubic);
        VectorNode sum = g.add(main, rest);
        VectorNode sumLost = g.add(g.subtract(main, sum), rest);
        VectorNode product = g.multiply(sum, c(LOG2_E));
        VectorNode productLost = g.fma(sum, c(LOG2_E), g.negate(product));
        VectorNode low = g.fma(sumLost, c(LOG2_E), g.fma(sum, c(LOG2_E_LOW), productLost));
        VectorNode high = g.add(k, product);
        VectorNode finite = g.blend(g.less(x, c(Float.POSITIVE_INFINITY)), high, x);
        return new Pair(
                where(g.equal(x, c(0)), Float.NEGATIVE_INFINITY, finite),
                g.add(g.add(g.subtract(k, high), product), low));
    }

    /** {@code log(x / y)}: next to 1 of {@code 1 + (x − y) / y}, whose difference is exact. */
    VectorNode logQuotient(VectorNode x, VectorNode y) {
        VectorNode difference = g.subtract(x, y);
        VectorNode near = g.less(g.abs(difference), g.multiply(g.abs(y), c(0.5f)));
        VectorNode a = g.divide(g.blend(near, difference, x), y);
        VectorNode one = g.blend(near, c(1), c(0));
        VectorNode sum = g.add(a, one);
        VectorNode overflow = g.and(g.less(c(0x1p125f), sum), g.not(g.equal(y, c(0))));
        VectorNode underflow = g.and(g.less(g.abs(sum), c(Float.MIN_NORMAL)), g.not(g.equal(x, c(0))));
        g.rarely(g.or(overflow, underflow));
        VectorNode exponent = exponent(g.toBits(sum));
        VectorNode z = excess(a, one, exponent);
        VectorNode k = g.operation(VectorOp.TO_FLOAT, exponent);
        return special(sum, infiniteToInfinity(sum, polynomial(k, z)));
    }

    VectorNode relativeEntropy(VectorNode x, VectorNode y) {
        VectorNode zero = g.and(g.equal(x, c(0)), g.equal(y, y));
        return where(zero, 0, g.multiply(x, logQuotient(x, y)));
    }

    /** z of a sum whose exponent is known, less than 127. */
    private VectorNode excess(VectorNode a, VectorNode constant, VectorNode exponent) {
        VectorNode scale = g.fromBits(intSubtract(g.constant(ONE), g.shiftLeft(exponent, 23)));
        return g.fma(a, scale, g.fma(constant, scale, c(-1)));
    }

    VectorNode log1p(VectorNode x) {
        VectorNode u = g.add(x, c(1));
        Parts parts = partsOfNext(x, u);
        VectorNode result = special(u, infiniteToInfinity(x, polynomial(parts.k(), parts.z())));
        return g.blend(g.less(g.abs(x), c(0x1p-100f)), x, result);
    }

    /** {@code 1 + x = 2ᵏ·(1 + z)}, by u, which is that sum but for its rounding error. */
    private Parts partsOfNext(VectorNode x, VectorNode u) {
        VectorNode exponent = exponent(g.toBits(u));
        // a quarter of x with four times the scale, whose exponent is in range for the greatest x
        VectorNode scale = g.fromBits(intSubtract(g.constant(ONE + (2 << 23)), g.shiftLeft(exponent, 23)));
        VectorNode z = g.fma(g.multiply(x, c(0.25f)), scale, g.fma(scale, c(0.25f), c(-1)));
        return new Parts(g.operation(VectorOp.TO_FLOAT, exponent), z);
    }

    /** As {@link #log1p}, without x, which is z itself where {@code k = 0}. */
    VectorNode log1pRest(VectorNode x) {
        VectorNode u = g.add(x, c(1));
        Parts parts = partsOfNext(x, u);
        VectorNode linear = g.fma(parts.k(), c(Exponentials.LN2_HIGH), g.subtract(parts.z(), x));
        VectorNode infinite = g.equal(x, c(Float.POSITIVE_INFINITY));
        return special(u, where(infinite, Float.NEGATIVE_INFINITY, g.add(linear, rest(parts.k(), parts.z()))));
    }

    /** As {@link #log}, without {@code x − 1}, which is z itself where {@code k = 0}. */
    VectorNode logRest(VectorNode x) {
        Parts parts = parts(x);
        VectorNode scaled = g.subtract(g.add(parts.z(), c(1)), x);
        VectorNode linear = g.fma(parts.k(), c(Exponentials.LN2_HIGH), scaled);
        VectorNode infinite = g.equal(x, c(Float.POSITIVE_INFINITY));
        return special(x, where(infinite, Float.NEGATIVE_INFINITY, g.add(linear, rest(parts.k(), parts.z()))));
    }

    /** {@code log(1 − eˣ)}: near 0 the logarithm of {@code 1 − eˣ}, else that of the sum of 1 and {@code −eˣ}. */
    VectorNode log1mExp(VectorNode x) {
        VectorNode near = g.less(c(-LN2), x);
        VectorNode one = where(near, 0, c(1));
        VectorNode part = exponentials.complement(x, near);
        VectorNode sum = g.add(part, one);
        VectorNode tiny = g.less(sum, c(Float.MIN_NORMAL));
        VectorNode scaled = g.blend(tiny, g.multiply(part, c(0x1p23f)), part);
        VectorNode exponent = exponent(g.toBits(g.add(scaled, one)));
        VectorNode z = excess(scaled, one, exponent);
        return negativeAbs(special(sum, polynomial(unscaled(exponent, tiny), z)));
    }

    /**
     * {@code log(2·(a + c))} for a constant c and a sum that is 0.4 or more: of numbers that are halved so as not to
     * overflow.
     */
    VectorNode logOfTwice(VectorNode a, VectorNode constant) {
        VectorNode bits = g.toBits(g.add(a, constant));
        VectorNode exponent = exponent(bits);
        VectorNode quarterScale = g.fromBits(intSubtract(g.constant(ONE + (2 << 23)), g.shiftLeft(exponent, 23)));
        VectorNode z = g.fma(
                g.multiply(a, c(0.25f)), quarterScale, g.fma(g.multiply(constant, c(0.25f)), quarterScale, c(-1)));
        VectorNode k = g.add(g.operation(VectorOp.TO_FLOAT, exponent), c(1));
        return infiniteToInfinity(a, polynomial(k, z));
    }

    /** {@code log(a + c)} of a normal, positive, finite sum that is less than 2¹²⁶, for a c of 0 or 1. */
    VectorNode logOfSum(VectorNode a, VectorNode c) {
        VectorNode exponent = exponent(g.toBits(g.add(a, c)));
        return polynomial(g.operation(VectorOp.TO_FLOAT, exponent), excess(a, c, exponent));
    }

    /** {@code log(x / y)} of positive numbers, by their difference and by {@code 1 / y}, where this is in range. */
    VectorNode logOfQuotient(VectorNode x, VectorNode y, VectorNode difference, VectorNode inverse) {
        VectorNode near = g.less(g.abs(difference), g.multiply(y, c(0.5f)));
        VectorNode quotient = g.multiply(g.blend(near, difference, x), inverse);
        return logOfSum(quotient, g.blend(near, c(1), c(0)));
    }

    VectorNode xlogy(VectorNode x, VectorNode y) {
        VectorNode zero = g.and(g.equal(x, c(0)), g.lessOrEqual(c(0), y));
        return where(zero, 0, g.multiply(x, log(y)));
    }

    VectorNode xlog1py(VectorNode x, VectorNode y) {
        VectorNode zero = g.and(g.equal(x, c(0)), g.lessOrEqual(c(-1), y));
        return where(zero, 0, g.multiply(x, log1p(y)));
    }

    /** The exponent as a float, of an argument that was multiplied by 2²³ where it is tiny. */
    private VectorNode unscaled(VectorNode exponent, VectorNode tiny) {
        VectorNode k = g.operation(VectorOp.TO_FLOAT, exponent);
        return g.blend(tiny, g.subtract(k, c(23)), k);
    }

    private VectorNode exponent(VectorNode bits) {
        return g.shiftRight(intAdd(bits, -SQRT_HALF), 23);
    }

    /** {@code k·log 2 + log(1 + z)}. */
    private VectorNode polynomial(VectorNode k, VectorNode z) {
        return g.fma(k, c(Exponentials.LN2_HIGH), g.add(z, rest(k, z)));
    }

    /** {@code log(1 + z) − z}, with what k times the high part of log 2 lacks. */
    private VectorNode rest(VectorNode k, VectorNode z) {
        VectorNode square = g.multiply(z, z);
        VectorNode curve = g.fma(g.polynomial(z, TAIL), z, c(-0.5f));
        return g.fma(square, curve, g.multiply(k, c(Exponentials.LN2_LOW)));
    }

    private VectorNode infiniteToInfinity(VectorNode x, VectorNode result) {
        return where(g.equal(x, c(Float.POSITIVE_INFINITY)), Float.POSITIVE_INFINITY, result);
    }

    /** −∞ for an argument of 0 and NaN for a negative one. */
    private VectorNode special(VectorNode argument, VectorNode result) {
        VectorNode outside = where(g.equal(argument, c(0)), Float.NEGATIVE_INFINITY, c(Float.NaN));
        return g.blend(g.less(c(0), argument), result, outside);
    }
}
