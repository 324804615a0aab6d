package dev.lossforge.processor.vector;

/** The error function and its complement. */
final class ErrorFunctions extends FunctionFamily {
    private static final float FAR = 0.9275f;
    /** From here on the error function is 1 in float. */
    private static final float MAX = 4;

    /** {@code erf x / x − 1} by {@code x²}, for {@code |x| ≤ 0.9275}. */
    private static final float[] NEAR = {
        7.995278e-05f, -0.00080495444f, 0.0051923934f, -0.02685573f, 0.11283626f, -0.3761263f, 0.12837917f
    };

    /** {@code log(1 − erf x) / x + 1} for {@code 0.9275 ≤ x ≤ 4}. */
    private static final float[] LOG_REST = {
        0.0002137322f, -0.0032128654f, 0.02288324f, -0.10525132f, -0.63572633f, -0.12851198f
    };

    /** {@code (x + 2)·e^(x²)·erfc x} by {@code 1 − 4 / (x + 2)}, for {@code x ≥ 0}. */
    private static final float[] COMPLEMENT = {
        8.234639e-05f,
        7.439717e-05f,
        -0.0005941918f,
        -0.00086379977f,
        0.003054577f,
        0.0064885616f,
        -0.021501947f,
        -0.036443744f,
        0.27947128f,
        -0.6871606f,
        1.0215827f
    };

    /** From here on the complement is 0 in float. */
    private static final float VANISHED = 11;

    /** Below, the complement is what the error function leaves. */
    private static final float MIN_TAIL = 0.5f;

    ErrorFunctions(VectorGraph g) {
        super(g);
    }

    VectorNode erf(VectorNode x) {
        VectorNode magnitude = atMost(g.abs(x), MAX);
        VectorNode near = g.fma(g.polynomial(square(x), NEAR), magnitude, magnitude);
        VectorNode exponent = g.fma(g.polynomial(magnitude, LOG_REST), magnitude, g.negate(magnitude));
        VectorNode far = new Exponentials(g).oneMinusExp(exponent);
        return withSign(g.blend(g.less(magnitude, c(FAR)), near, far), sign(x));
    }

    /** {@code e^(−x²)} times a function without a tail; the square is exact, in two floats. */
    VectorNode erfc(VectorNode x) {
        VectorNode exp = new Exponentials(g).exp(g.negate(square(x)));
        VectorNode exact = g.subtract(exp, g.multiply(exp, lostOfSquare(x, VANISHED)));
        VectorNode magnitude = g.abs(eitherSign(x));
        VectorNode inverse = g.divide(c(1), g.add(magnitude, c(2)));
        VectorNode scaled = g.multiply(g.polynomial(g.fma(inverse, c(-4), c(1)), COMPLEMENT), inverse);
        VectorNode tail = g.multiply(exact, scaled);
        VectorNode far = g.blend(g.less(x, c(0)), g.subtract(c(2), tail), tail);
        VectorNode near = g.subtract(c(1), g.fma(g.polynomial(square(x), NEAR), x, x));
        return g.blend(g.less(magnitude, c(MIN_TAIL)), near, far);
    }
}
