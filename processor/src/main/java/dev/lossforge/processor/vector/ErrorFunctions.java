package dev.lossforge.processor.vector;

/** The error function. */
final class ErrorFunctions extends FunctionFamily {
    private static final float FAR = 0.9275f;
    /** From here on the error function is 1 in float. */
    private static final float GREATEST = 4;

    /** {@code erf x / x − 1} by {@code x²}, for {@code |x| ≤ 0.9275}. */
    private static final float[] NEAR = {
        7.995278e-05f, -0.00080495444f, 0.0051923934f, -0.02685573f, 0.11283626f, -0.3761263f, 0.12837917f
    };

    /** {@code log(1 − erf x) / x + 1} for {@code 0.9275 ≤ x ≤ 4}. */
    private static final float[] LOG_REST = {
        0.0002137322f, -0.0032128654f, 0.02288324f, -0.10525132f, -0.63572633f, -0.12851198f
    };

    ErrorFunctions(VectorGraph g) {
        super(g);
    }

    VectorNode erf(VectorNode x) {
        VectorNode magnitude = atMost(g.abs(x), GREATEST);
        VectorNode square = g.multiply(x, x);
        VectorNode near = g.fma(g.polynomial(square, NEAR), magnitude, magnitude);
        VectorNode exponent = g.fma(g.polynomial(magnitude, LOG_REST), magnitude, g.negate(magnitude));
        VectorNode far = new Exponentials(g).oneMinusExp(exponent);
        return withSign(g.blend(g.less(magnitude, c(FAR)), near, far), sign(x));
    }
}
