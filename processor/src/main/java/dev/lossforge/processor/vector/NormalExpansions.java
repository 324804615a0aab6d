package dev.lossforge.processor.vector;

/**
 * The normal distribution: {@code Φ(−a) = e^(−a²/2)·R(a)} for {@code a ≥ 0} with a ratio R that has no tail. The square
 * is exact, in two floats, so that the tail keeps its digits.
 */
final class NormalExpansions extends FunctionFamily {
    private static final float ROOT_TWO_PI = 2.5066283f;

    /** Beyond, Φ(−a) is 0 in float. */
    private static final float VANISHED = 15;

    /** Left of it, the slope of the inverse Mills ratio is −1 in float. */
    private static final float FAR_LEFT = -1e5f;

    /** From here to the left the sum {@code x + φ(x) / Φ(x)} is a polynomial. */
    private static final float CANCELS = -0.25f;

    private static final float PIVOT = 4;

    /** {@code (a + 4)·R(a)} by {@code 1 − 8 / (a + 4)}. */
    private static final float[] RATIO = {
        2.2596058e-05f,
        -3.631504e-06f,
        -0.00021908325f,
        0.00013866906f,
        0.0016250263f,
        -0.0034846992f,
        -0.0075386893f,
        0.06039857f,
        -0.18652208f,
        0.3871371f,
        -0.6078966f,
        0.75528514f
    };

    /** {@code (a + 4)·(φ(a) / Φ(−a) − a)}, by the same. */
    private static final float[] EXCESS = {
        -0.0010016056f,
        0.00037125236f,
        0.00627917f,
        -0.005003612f,
        -0.019803725f,
        0.031840168f,
        0.033406693f,
        -0.13825436f,
        0.06755633f,
        0.4019584f,
        -1.1822059f,
        1.8048571f
    };

    /** Up to here the distribution is ½ and an odd function. */
    private static final float NEAR = 0.75f;

    /** {@code (Φ(x) − ½) / x} by {@code x²}. */
    private static final float[] ODD = {0.00010633462f, -0.0011855986f, 0.009974179f, -0.06649058f, 0.3989423f};

    /** The share of a tail from which on the quantile is one of the middle: Φ(−2.2). */
    private static final float TAIL = 0.0139f;

    private static final float MIDDLE_PIVOT = 1.5f;

    /** {@code x / (Φ(x) − ½)} by {@code w − 1.5}, {@code w = −log(4 Φ(x) Φ(−x)) ≤ 2.95}. */
    private static final float[] MIDDLE = {
        -4.0207186e-07f,
        -1.3840496e-05f,
        6.647113e-05f,
        0.0005007417f,
        -0.005918551f,
        0.0024891046f,
        0.7081321f,
        3.5413713f
    };

    private static final float OUTER_PIVOT = -0.125f;

    /** {@code a / s} by {@code 1 / (s + 1) − 0.125}, {@code s = √(−2 log Φ(−a)) ≥ 2.9}. */
    private static final float[] OUTER = {
        102.737144f, -62.85844f, 8.42599f, -8.439774f, -2.840994f, -3.646657f, -0.9107451f, 0.94057184f
    };

    private final Logarithms logarithms;

    NormalExpansions(VectorGraph g) {
        super(g);
        this.logarithms = new Logarithms(g);
    }

    /**
     * What the functions of x share, with {@code a = |x|}.
     *
     * @param sum {@code a + 4}
     * @param inverse {@code 1 / (a + 4)}
     * @param pivoted the variable of the polynomials
     * @param ratio {@code (a + 4)·R(a)}
     * @param exp {@code e^(−a²/2)}
     * @param lower {@code Φ(−a)}
     * @param odd {@code Φ(x) − ½}, near 0
     */
    private record Parts(
            VectorNode sum,
            VectorNode inverse,
            VectorNode pivoted,
            VectorNode ratio,
            VectorNode exp,
            VectorNode lower,
            VectorNode odd) {}

    private Parts parts(VectorNode x) {
        VectorNode sum = g.add(g.abs(eitherSign(x)), c(PIVOT));
        VectorNode inverse = g.divide(c(1), sum);
        VectorNode pivoted = g.fma(inverse, c(-2 * PIVOT), c(1));
        VectorNode ratio = g.polynomial(pivoted, RATIO);
        VectorNode rounded = new Exponentials(g).exp(g.multiply(c(-0.5f), square(x)));
        VectorNode exp = g.fma(g.multiply(rounded, lostOfSquare(x, VANISHED)), c(-0.5f), rounded);
        VectorNode lower = g.multiply(exp, g.multiply(ratio, inverse));
        return new Parts(sum, inverse, pivoted, ratio, exp, lower, g.multiply(x, g.polynomial(square(x), ODD)));
    }

    private VectorNode isNear(VectorNode x) {
        return g.less(g.abs(eitherSign(x)), c(NEAR));
    }

    private VectorNode isLeft(VectorNode x) {
        return g.lessOrEqual(x, c(-NEAR));
    }

    VectorNode cdf(VectorNode x) {
        Parts parts = parts(x);
        VectorNode far = g.blend(isLeft(x), parts.lower(), g.subtract(c(1), parts.lower()));
        return g.blend(isNear(x), g.add(parts.odd(), c(0.5f)), far);
    }

    /** {@code log R(a) − a²/2} on the left, {@code log(½ + …)} near 0, {@code log(1 − Φ(−a))} on the right. */
    VectorNode logCdf(VectorNode x) {
        Parts parts = parts(x);
        VectorNode left = isLeft(x);
        VectorNode far = g.blend(left, g.multiply(parts.ratio(), parts.inverse()), g.negate(parts.lower()));
        VectorNode part = g.blend(isNear(x), parts.odd(), far);
        VectorNode constant = where(isNear(x), 0.5f, where(left, 0, c(1)));
        VectorNode log = logarithms.logOfSum(part, constant);
        return negativeAbs(g.blend(left, g.fma(g.multiply(x, c(-0.5f)), x, log), log));
    }

    VectorNode inverseMills(VectorNode x) {
        Parts parts = parts(x);
        VectorNode left = isLeft(x);
        VectorNode dividend = g.blend(left, parts.sum(), parts.exp());
        VectorNode divisor = g.blend(left, parts.ratio(), cdf(x));
        return g.divide(dividend, g.multiply(divisor, c(ROOT_TWO_PI)));
    }

    /** {@code −r·(x + r)}, with a polynomial for the sum where that cancels. */
    VectorNode millsSlope(VectorNode x) {
        Parts parts = parts(x);
        VectorNode r = inverseMills(x);
        VectorNode excess = g.multiply(g.polynomial(parts.pivoted(), EXCESS), parts.inverse());
        VectorNode sum = g.blend(g.less(x, c(CANCELS)), excess, g.add(atMost(x, VANISHED), r));
        return where(g.less(x, c(FAR_LEFT)), -1, g.negate(g.multiply(r, sum)));
    }

    VectorNode quantile(VectorNode p) {
        VectorNode share = g.blend(g.less(c(0.5f), p), g.subtract(c(1), p), p);
        VectorNode isMiddle = g.less(c(TAIL), share);
        VectorNode both = g.multiply(g.multiply(share, c(4)), g.subtract(c(1), share));
        VectorNode log = logarithms.log(g.blend(isMiddle, both, share));
        VectorNode fromHalf = g.subtract(p, c(0.5f));
        VectorNode middle = g.multiply(fromHalf, g.polynomial(g.subtract(c(-MIDDLE_PIVOT), log), MIDDLE));
        VectorNode root = g.sqrt(g.multiply(log, c(-2)));
        VectorNode pivoted = g.add(g.divide(c(1), g.add(root, c(1))), c(OUTER_PIVOT));
        VectorNode outer = withSign(g.multiply(root, g.polynomial(pivoted, OUTER)), sign(fromHalf));
        return g.blend(isMiddle, middle, outer);
    }
}
