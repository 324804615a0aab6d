package dev.lossforge.processor.vector;

/**
 * Quotients by a divisor that all lanes share. A division takes as long as eight multiplications, so that two of them
 * are all that a simple loop does.
 */
public final class Quotients extends FunctionFamily {

    public Quotients(VectorGraph g) {
        super(g);
    }

    /**
     * {@code x / d}, rounded as a division rounds it, by what a product with the reciprocal leaves over (Markstein). The
     * product itself is the quotient where nothing is left over that is a number: of infinities, and by them and 0. Only
     * a quotient below 2⁻¹⁰⁰ may be off by an ulp.
     *
     * @param reciprocal {@code 1 / d}, rounded
     * @param isNormal whether d is known not to be subnormal; the reciprocal of a subnormal number overflows
     */
    public VectorNode by(VectorNode x, VectorNode d, VectorNode reciprocal, boolean isNormal) {
        if (!isNormal) {
            VectorNode isZero = g.equal(d, c(0));
            g.rarely(g.and(g.less(g.abs(d), c(Float.MIN_NORMAL)), g.not(isZero)));
        }
        VectorNode product = g.multiply(x, reciprocal);
        VectorNode rest = g.fma(g.negate(d), product, x);
        VectorNode rounded = g.fma(rest, reciprocal, product);
        return g.blend(g.isNan(rounded), product, rounded);
    }
}
