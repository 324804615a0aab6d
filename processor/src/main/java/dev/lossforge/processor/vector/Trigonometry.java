package dev.lossforge.processor.vector;

/**
 * Sine, cosine, tangent and their inverses. Multiples of π are subtracted in three parts; the first difference is exact
 * and the last part has the bits that count next to a zero. Arguments beyond {@link #MAX} are rare.
 */
final class Trigonometry extends FunctionFamily {
    /** Up to here the multiples of π and ½π are subtracted without a loss. */
    private static final float MAX = 0x1p16f;

    private static final float PI_HIGH = 3.1415927f;
    private static final float PI_MIDDLE = -8.742278e-8f;
    private static final float PI_LOW = -3.430256e-15f;
    private static final float HALF_PI = 1.5707964f;
    private static final float HALF_PI_LOW = -4.371139e-8f;

    /** {@code (sin r − r) / r³} by {@code r²}, for {@code |r| ≤ ½π}. */
    private static final float[] SIN = {2.5997815e-06f, -0.00019806954f, 0.008333031f, -0.16666658f};

    /** {@code (tan r − r) / r³} by {@code r²}, for {@code |r| ≤ ¼π}. */
    private static final float[] TAN = {0.009862752f, 0.0022958992f, 0.024956452f, 0.05325966f, 0.1334069f, 0.3333308f};

    /** {@code (asin x − x) / x³} by {@code x²}, for {@code |x| ≤ ½}. */
    private static final float[] ASIN = {0.04221852f, 0.02414885f, 0.04547653f, 0.0749525f, 0.16666754f};

    /** {@code (atan x − x) / x³} by {@code x²}, for {@code |x| ≤ 1}. */
    private static final float[] ATAN = {
        0.0029197563f, -0.016364237f, 0.043205973f, -0.07551729f, 0.10665786f, -0.14211003f, 0.19993767f, -0.33333153f
    };

    Trigonometry(VectorGraph g) {
        super(g);
    }

    /** {@code sin x = (−1)ᵏ·sin(x − kπ)}. */
    VectorNode sin(VectorNode x) {
        rarelyGreat(x);
        VectorNode rounded = g.fma(x, c((float) (1 / Math.PI)), c(ROUNDER));
        VectorNode r = reduced(x, g.subtract(rounded, c(ROUNDER)), 1);
        return keepZero(x, flip(cubic(r, SIN), g.shiftLeft(g.toBits(rounded), 31)));
    }

    /** With {@code |x| = (k + ½)·π − r}: {@code cos x = (−1)ᵏ·sin r}. */
    VectorNode cos(VectorNode x) {
        rarelyGreat(x);
        VectorNode negative = negativeAbs(x);
        VectorNode rounded = g.add(g.fma(negative, c((float) (-1 / Math.PI)), c(-0.5f)), c(ROUNDER));
        VectorNode k = g.subtract(g.subtract(c(ROUNDER), rounded), c(0.5f));
        return flip(cubic(reduced(negative, k, 1), SIN), g.shiftLeft(g.toBits(rounded), 31));
    }

    /** {@code tan x = tan(x − k·½π)} or, for odd k, {@code −1 / tan(x − k·½π)}. */
    VectorNode tan(VectorNode x) {
        rarelyGreat(x);
        VectorNode rounded = g.fma(x, c((float) (2 / Math.PI)), c(ROUNDER));
        VectorNode r = reduced(x, g.subtract(rounded, c(ROUNDER)), 0.5f);
        VectorNode tangent = cubic(r, TAN);
        VectorNode odd = g.operation(VectorOp.INT_NOT_EQUAL, intAnd(g.toBits(rounded), 1), g.constant(0));
        return keepZero(x, g.divide(where(odd, -1, tangent), g.blend(odd, tangent, c(1))));
    }

    private void rarelyGreat(VectorNode x) {
        g.rarely(g.less(c(MAX), g.abs(x)));
    }

    /** {@code x − k·π·unit}. */
    private VectorNode reduced(VectorNode x, VectorNode k, float unit) {
        VectorNode high = g.fma(k, c(-PI_HIGH * unit), x);
        return g.fma(k, c(-PI_LOW * unit), g.fma(k, c(-PI_MIDDLE * unit), high));
    }

    /** {@code r + r³·polynomial(r²)}. */
    private VectorNode cubic(VectorNode r, float[] coefficients) {
        VectorNode square = g.multiply(r, r);
        return g.fma(g.multiply(r, square), g.polynomial(square, coefficients), r);
    }

    /** By way of {@code 2·asin √((1 − |x|)/2) = acos |x|} above ½. */
    VectorNode asin(VectorNode x) {
        Arc arc = arc(x);
        VectorNode far = g.add(g.fma(arc.sine(), c(-2), c(HALF_PI_LOW)), c(HALF_PI));
        return withSign(g.blend(arc.far(), far, arc.sine()), sign(x));
    }

    VectorNode acos(VectorNode x) {
        Arc arc = arc(x);
        VectorNode sine = flip(arc.sine(), sign(x));
        VectorNode negative = g.less(x, c(0));
        VectorNode twice = g.add(sine, sine);
        VectorNode beyond = g.add(g.add(twice, c(2 * HALF_PI_LOW)), c(2 * HALF_PI));
        VectorNode near = g.add(g.subtract(c(HALF_PI_LOW), sine), c(HALF_PI));
        return g.blend(arc.far(), g.blend(negative, beyond, twice), near);
    }

    /** asin |x| up to ½; beyond, half of {@code acos |x|}. */
    private record Arc(VectorNode far, VectorNode sine) {}

    private Arc arc(VectorNode x) {
        VectorNode magnitude = g.abs(x);
        VectorNode far = g.less(c(0.5f), magnitude);
        VectorNode square = g.blend(far, g.fma(magnitude, c(-0.5f), c(0.5f)), g.multiply(x, x));
        VectorNode r = g.blend(far, g.sqrt(square), magnitude);
        return new Arc(far, g.fma(g.multiply(r, square), g.polynomial(square, ASIN), r));
    }

    VectorNode atan(VectorNode x) {
        VectorNode magnitude = g.abs(x);
        VectorNode far = g.less(c(1), magnitude);
        VectorNode r = g.divide(where(far, -1, magnitude), g.blend(far, magnitude, c(1)));
        VectorNode offset = g.blend(far, c(HALF_PI), c(0));
        return withSign(arcTangent(r, offset), sign(x));
    }

    /** {@code offset + atan r} for {@code |r| ≤ 1}. */
    private VectorNode arcTangent(VectorNode r, VectorNode offset) {
        VectorNode square = g.multiply(r, r);
        VectorNode cube = g.multiply(r, square);
        return g.add(g.fma(cube, g.polynomial(square, ATAN), r), offset);
    }

    /** The angle of the point (x, y): that of the smaller coordinate over the greater, turned. */
    VectorNode atan2(VectorNode y, VectorNode x) {
        VectorNode across = g.abs(x);
        VectorNode up = g.abs(y);
        VectorNode steep = g.less(across, up);
        VectorNode small = g.blend(steep, across, up);
        VectorNode great = g.blend(steep, up, across);
        VectorNode quotient = g.divide(small, great);
        VectorNode ratio = where(g.equal(small, great), 1, quotient);
        ratio = where(g.equal(up, c(0)), 0, ratio);
        VectorNode left = sign(x);
        VectorNode steepSign = g.blend(steep, g.constant(SIGN), g.constant(0));
        VectorNode turned = flip(ratio, g.operation(VectorOp.INT_XOR, left, steepSign));
        VectorNode isLeft = g.operation(VectorOp.INT_LESS, g.toBits(x), g.constant(0));
        VectorNode flat = where(isLeft, 2 * HALF_PI, c(0));
        VectorNode angle = arcTangent(turned, where(steep, HALF_PI, flat));
        return withSign(g.blend(g.isNan(x), x, angle), sign(y));
    }
}
