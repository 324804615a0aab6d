package dev.lossforge.processor.vector;

import java.util.Set;

/** Powers, by products and roots where the exponent is a constant that allows it; roots of sums of squares. */
final class Powers extends FunctionFamily {
    /** The exponents that need no logarithm. */
    private static final Set<Double> SIMPLE = Set.of(-2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0);

    /** Between these a sum of squares has overflowed nowhere, and lacks nothing of what vanished. */
    private static final float MIN_SUM = 0x1p-100f;

    private static final float MAX_SUM = 0x1p126f;

    /** Between these the greatest of some magnitudes is ordinary: their squares neither vanish nor overflow. */
    static final float SQUARABLE_FROM = 0x1p-50f;

    static final float SQUARABLE_TO = 0x1p50f;

    Powers(VectorGraph g) {
        super(g);
    }

    /** Whether {@link #simple} has this exponent. */
    static boolean isSimple(double exponent) {
        return SIMPLE.contains(exponent + 0.0);
    }

    /** xʸ for an exponent that {@link #isSimple}. */
    VectorNode simple(VectorNode x, double exponent) {
        int halves = (int) (2 * exponent);
        return switch (halves) {
            case -4 -> square(g.divide(c(1), x));
            case -2 -> g.divide(c(1), x);
            case -1 -> g.divide(c(1), g.sqrt(rootable(x)));
            case 0 -> c(1);
            case 1 -> g.sqrt(rootable(x));
            case 2 -> x;
            case 3 -> g.multiply(rootable(x), g.sqrt(rootable(x)));
            case 4 -> square(x);
            case 6 -> g.multiply(square(x), x);
            case 8 -> square(square(x));
            default -> throw new IllegalArgumentException("exponent " + exponent);
        };
    }

    /** {@code 2^(y·log₂|x|)} from a logarithm in two floats, with a sign where x is negative and y is odd. */
    VectorNode pow(VectorNode x, VectorNode y) {
        Logarithms.Pair log = new Logarithms(g).log2(g.abs(x));
        VectorNode high = g.multiply(y, log.high());
        VectorNode low = g.fma(y, log.low(), g.fma(y, log.high(), g.negate(high)));
        VectorNode magnitude = new Exponentials(g).exp2(high, low);
        VectorNode result = y instanceof VectorNode.Constant exponent
                ? signed(x, exponent.value(), magnitude)
                : signed(x, y, magnitude);
        return where(g.equal(y, c(0)), 1, result);
    }

    private VectorNode signed(VectorNode x, float y, VectorNode magnitude) {
        if (y != Math.rint(y)) {
            return where(isNegative(x), Float.NaN, magnitude);
        }
        return y % 2 == 0 || Float.isInfinite(y) ? magnitude : flip(magnitude, sign(x));
    }

    /** A sum with 2²⁴ is rounded to an even number, from which an odd one is 1 away; from there on all are even. */
    private VectorNode signed(VectorNode x, VectorNode y, VectorNode magnitude) {
        VectorNode great = c(0x1p24f);
        VectorNode exponent = g.abs(y);
        VectorNode bounded = g.blend(g.less(exponent, great), exponent, c(0));
        VectorNode away = g.abs(g.subtract(bounded, g.subtract(g.add(bounded, great), great)));
        VectorNode odd = g.equal(away, c(1));
        VectorNode whole = g.or(odd, g.equal(away, c(0)));
        VectorNode sign = g.blend(odd, sign(x), g.constant(0));
        return where(g.and(isNegative(x), g.not(whole)), Float.NaN, flip(magnitude, sign));
    }

    /** Whether x is a negative number; infinity has powers. */
    private VectorNode isNegative(VectorNode x) {
        return g.and(g.less(x, c(0)), g.less(c(Float.NEGATIVE_INFINITY), x));
    }

    /** By the squares as they are where one operand is a constant that leaves the other room. */
    VectorNode hypot(VectorNode x, VectorNode y) {
        if (isOrdinary(x)) {
            return besideConstant(y, ((VectorNode.Constant) x).value());
        }
        return isOrdinary(y) ? besideConstant(x, ((VectorNode.Constant) y).value()) : ofOrdinary(x, y);
    }

    private static boolean isOrdinary(VectorNode x) {
        return x instanceof VectorNode.Constant c && Math.abs(c.value()) >= 0x1p-30f && Math.abs(c.value()) <= 0x1p30f;
    }

    /** Beyond 2⁶⁰ the constant does not count, and the square might overflow. */
    private VectorNode besideConstant(VectorNode x, float constant) {
        VectorNode magnitude = g.abs(eitherSign(x));
        VectorNode root = g.sqrt(g.fma(magnitude, magnitude, c(constant * constant)));
        return g.blend(g.less(c(0x1p60f), magnitude), magnitude, root);
    }

    /** Rare is a sum of squares that overflows, or of numbers so small that their squares lose digits. */
    private VectorNode ofOrdinary(VectorNode x, VectorNode y) {
        VectorNode across = eitherSign(x);
        VectorNode up = eitherSign(y);
        VectorNode sum = g.fma(across, across, g.multiply(up, up));
        VectorNode ordinary = g.and(g.lessOrEqual(c(MIN_SUM), sum), g.lessOrEqual(sum, c(MAX_SUM)));
        VectorNode nothing = g.equal(g.add(g.abs(across), g.abs(up)), c(0));
        g.rarely(g.not(g.or(ordinary, nothing)));
        return g.sqrt(sum);
    }

    /** Squares of numbers between 2⁻⁵⁰ and 2⁵⁰ do not vanish, and sums of as many as an array holds do not overflow. */
    VectorNode rootOfSquares(VectorNode sum, VectorNode max) {
        VectorNode ordinary = g.and(g.lessOrEqual(c(SQUARABLE_FROM), max), g.lessOrEqual(max, c(SQUARABLE_TO)));
        g.rarely(g.not(g.or(ordinary, g.equal(max, c(0)))));
        return g.sqrt(sum);
    }

    /** x, but 0 for −0 and ∞ for −∞: of these a power with a fractional exponent is not NaN nor negative. */
    private VectorNode rootable(VectorNode x) {
        return where(g.equal(x, c(Float.NEGATIVE_INFINITY)), Float.POSITIVE_INFINITY, g.add(x, c(0)));
    }
}
