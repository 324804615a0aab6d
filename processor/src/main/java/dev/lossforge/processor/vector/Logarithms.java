package dev.lossforge.processor.vector;

/**
 * Logarithms: {@code x = 2ᵏ·(1 + z)} with {@code √½ ≤ 1 + z < √2}, {@code log x = k·log 2 + log(1 + z)}. Where the
 * argument is a sum {@code a + c}, z is computed from both, so that what the sum loses to rounding is kept.
 */
final class Logarithms extends FunctionFamily {
    /** The bits of √½, where mantissas begin. */
    private static final int SQRT_HALF = 0x3f3504f3;

    private static final float LN2 = 0.6931472f;
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
        VectorNode tiny = g.less(x, c(Float.MIN_NORMAL));
        VectorNode bits = g.toBits(g.blend(tiny, g.multiply(x, c(0x1p23f)), x));
        VectorNode exponent = exponent(bits);
        VectorNode z = g.subtract(g.fromBits(intSubtract(bits, g.shiftLeft(exponent, 23))), c(1));
        return special(x, infiniteToInfinity(x, polynomial(unscaled(exponent, tiny), z)));
    }

    VectorNode log1p(VectorNode x) {
        VectorNode u = g.add(x, c(1));
        VectorNode exponent = exponent(g.toBits(u));
        // a quarter of x with four times the scale, whose exponent is in range for the greatest x
        VectorNode scale = g.fromBits(intSubtract(g.constant(ONE + (2 << 23)), g.shiftLeft(exponent, 23)));
        VectorNode z = g.fma(g.multiply(x, c(0.25f)), scale, g.fma(scale, c(0.25f), c(-1)));
        VectorNode result = special(u, infiniteToInfinity(x, polynomial(g.operation(VectorOp.TO_FLOAT, exponent), z)));
        return g.blend(g.less(g.abs(x), c(0x1p-100f)), x, result);
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
        VectorNode scale = g.fromBits(intSubtract(g.constant(ONE), g.shiftLeft(exponent, 23)));
        VectorNode z = g.fma(scaled, scale, g.fma(one, scale, c(-1)));
        return negativeAbs(special(sum, polynomial(unscaled(exponent, tiny), z)));
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
        VectorNode square = g.multiply(z, z);
        VectorNode curve = g.fma(g.polynomial(z, TAIL), z, c(-0.5f));
        VectorNode rest = g.fma(square, curve, g.multiply(k, c(Exponentials.LN2_LOW)));
        return g.fma(k, c(Exponentials.LN2_HIGH), g.add(z, rest));
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
