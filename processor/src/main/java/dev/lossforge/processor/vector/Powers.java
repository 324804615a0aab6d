package dev.lossforge.processor.vector;

import java.util.Set;

/** Powers by products and roots, with the special values of {@link Math#pow}. */
final class Powers extends FunctionFamily {
    /** The exponents that need no logarithm. */
    private static final Set<Double> SIMPLE = Set.of(-2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0);

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

    private VectorNode square(VectorNode x) {
        return g.multiply(x, x);
    }

    /** x, but 0 for −0 and ∞ for −∞: of these a power with a fractional exponent is not NaN nor negative. */
    private VectorNode rootable(VectorNode x) {
        return where(g.equal(x, c(Float.NEGATIVE_INFINITY)), Float.POSITIVE_INFINITY, g.add(x, c(0)));
    }
}
