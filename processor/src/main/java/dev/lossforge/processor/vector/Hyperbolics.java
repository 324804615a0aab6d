package dev.lossforge.processor.vector;

/** The inverses of the hyperbolic functions, by logarithms that do not cancel. */
final class Hyperbolics extends FunctionFamily {
    /** Beyond, {@code √(x² + 1)} is x, and its square might overflow. */
    private static final float GREAT = 0x1p30f;

    /** {@code (asinh x − x) / x³} by {@code x²}, for {@code |x| ≤ ¾}. */
    private static final float[] ASINH = {
        -0.0029830025f, 0.010453661f, -0.019702788f, 0.029770654f, -0.04456524f, 0.07499524f, -0.16666657f
    };

    private final Logarithms logarithms;

    Hyperbolics(VectorGraph g) {
        super(g);
        this.logarithms = new Logarithms(g);
    }

    /** {@code log(|x| + √(x² + 1))}, and a polynomial up to ¾. */
    VectorNode asinh(VectorNode x) {
        VectorNode magnitude = g.abs(x);
        VectorNode square = g.multiply(x, x);
        VectorNode root = g.blend(g.less(magnitude, c(GREAT)), g.sqrt(g.add(square, c(1))), magnitude);
        VectorNode half = g.fma(root, c(0.5f), g.multiply(magnitude, c(0.5f)));
        VectorNode far = logarithms.logOfTwice(half, c(0));
        VectorNode near = g.fma(g.multiply(magnitude, square), g.polynomial(square, ASINH), magnitude);
        return withSign(g.blend(g.less(c(0.75f), magnitude), far, near), sign(x));
    }

    /** {@code log(1 + (x − 1) + √((x − 1)(x + 1)))}. */
    VectorNode acosh(VectorNode x) {
        VectorNode above = g.subtract(x, c(1));
        VectorNode root = g.sqrt(g.multiply(above, g.add(x, c(1))));
        VectorNode bounded = g.blend(g.less(x, c(GREAT)), root, x);
        VectorNode half = g.fma(bounded, c(0.5f), g.multiply(above, c(0.5f)));
        VectorNode result = logarithms.logOfTwice(half, c(0.5f));
        return g.blend(g.less(x, c(1)), c(Float.NaN), result);
    }

    /** {@code ½·log(1 + 2|x| / (1 − |x|))}. */
    VectorNode atanh(VectorNode x) {
        VectorNode magnitude = g.abs(x);
        VectorNode ratio = g.divide(g.add(magnitude, magnitude), g.subtract(c(1), magnitude));
        VectorNode result = g.multiply(logarithms.log1p(ratio), c(0.5f));
        return flip(result, sign(x));
    }
}
