package dev.lossforge.processor.vector;

/**
 * The gamma family of positive arguments. Others are rare: they need the reflection formula. So are positive ones for
 * which the recurrence would overflow.
 */
final class GammaExpansions extends FunctionFamily {
    /** From here on the asymptotic expansions hold. */
    private static final float ASYMPTOTIC = 4;

    private static final float HALF_LOG_TWO_PI = 0.9189385f;

    /** {@code lgamma x / ((x − 1)(x − 2))} by {@code x − 2.5}, for {@code 1 ≤ x ≤ 4}. */
    private static final float[] LGAMMA = {
        -8.1361003e-07f,
        1.9645938e-06f,
        1.1200822e-06f,
        -1.5182021e-06f,
        -1.555982e-05f,
        3.844946e-05f,
        -7.663846e-05f,
        0.00022163246f,
        -0.0006608289f,
        0.0019517563f,
        -0.0060183425f,
        0.019904835f,
        -0.074663594f,
        0.37957716f
    };

    /** What Stirling's formula leaves, times x, by {@code 1/x²}; DLMF 5.11.1. */
    private static final float[] STIRLING = {0.0007356732f, -0.002776068f, 0.08333332f};

    /** {@code (log x − 1/(2x) − digamma x)·x²} by {@code 1/x²}; DLMF 5.11.2. */
    private static final float[] DIGAMMA = {-0.0019225306f, 0.0036084752f, -0.008307404f, 0.083332725f};

    /** {@code (trigamma x − 1/x − 1/(2x²))·x³} by {@code 1/x²}. */
    private static final float[] TRIGAMMA = {0.016809925f, -0.023276476f, 0.022821713f, -0.033286814f, 0.16666593f};

    private final Logarithms logarithms;

    GammaExpansions(VectorGraph g) {
        super(g);
        this.logarithms = new Logarithms(g);
    }

    /** A polynomial that knows the zeros at 1 and 2 up to 4, by the recurrence below 1; Stirling's formula above. */
    VectorNode lgamma(VectorNode x) {
        g.rarely(g.lessOrEqual(x, c(0)));
        VectorNode log = logarithms.log(x);
        VectorNode below = g.less(x, c(1));
        VectorNode less1 = g.blend(below, x, g.subtract(x, c(1)));
        VectorNode less2 = g.subtract(less1, c(1));
        VectorNode curve = g.polynomial(g.subtract(less1, c(1.5f)), LGAMMA);
        VectorNode near = g.fma(g.multiply(less1, less2), curve, g.blend(below, g.negate(log), c(0)));
        VectorNode inverse = g.divide(c(1), x);
        VectorNode series = g.multiply(g.polynomial(g.multiply(inverse, inverse), STIRLING), inverse);
        VectorNode offset = g.add(series, c(HALF_LOG_TWO_PI - 0.5f));
        VectorNode far = g.fma(g.subtract(x, c(0.5f)), g.subtract(log, c(1)), offset);
        return g.blend(g.less(x, c(ASYMPTOTIC)), near, far);
    }

    /** By the expansion at {@code x + 2}, or at x if that is 2 or more. */
    VectorNode digamma(VectorNode x) {
        g.rarely(g.less(x, c(Float.MIN_NORMAL)));
        VectorNode small = g.less(x, c(2));
        VectorNode w = g.blend(small, g.add(x, c(2)), x);
        VectorNode divisor = g.blend(small, g.fma(x, x, x), c(1));
        VectorNode dividend = g.fma(x, c(2), c(1));
        VectorNode quotient = g.divide(c(-1), g.multiply(w, divisor)); // negative, for the sum below
        VectorNode inverse = g.multiply(divisor, quotient);
        VectorNode square = g.multiply(inverse, inverse);
        VectorNode series = g.fma(square, g.polynomial(square, DIGAMMA), g.multiply(inverse, c(-0.5f)));
        VectorNode shift = g.blend(small, g.multiply(dividend, w), c(0));
        return g.fma(shift, quotient, g.subtract(logarithms.log(w), series));
    }

    /** As {@link #digamma}. */
    VectorNode trigamma(VectorNode x) {
        g.rarely(g.less(x, c(0x1p-62f)));
        VectorNode small = g.less(x, c(2));
        VectorNode w = g.blend(small, g.add(x, c(2)), x);
        VectorNode root = g.fma(x, x, x);
        VectorNode divisor = g.blend(small, g.multiply(root, root), c(1));
        VectorNode quotient = g.divide(c(1), g.multiply(w, divisor));
        VectorNode inverse = g.multiply(divisor, quotient);
        VectorNode square = g.multiply(inverse, inverse);
        VectorNode cubic = g.multiply(g.multiply(square, inverse), g.polynomial(square, TRIGAMMA));
        VectorNode series = g.add(g.fma(square, c(0.5f), cubic), inverse);
        VectorNode shift = g.blend(small, g.multiply(g.fma(root, c(2), c(1)), w), c(0));
        return g.fma(shift, quotient, series);
    }
}
