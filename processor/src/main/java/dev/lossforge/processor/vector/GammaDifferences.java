package dev.lossforge.processor.vector;

/**
 * Differences of functions of the gamma family, which cancel where these are large, and the beta function. Arguments
 * are positive; others are rare, and so are tiny and huge ones. Small arguments are raised by 2, where the asymptotic
 * expansions hold. Differences of expansions are written as multiples of that of the arguments, so that they are exact
 * for small ones.
 */
final class GammaDifferences extends FunctionFamily {
    private static final float MIN = 0x1p-30f;
    private static final float MAX = 1e37f;

    /** A rise is tiny below this, times one more than the argument: its quotient with the argument vanishes. */
    private static final float MIN_RISE = 1e-30f;

    private static final float HALF_LOG_TWO_PI = 0.9189385f;

    /** What Stirling's formula leaves, times x, by {@code 1/x²}, for {@code x ≥ 2}; DLMF 5.11.1. */
    private static final float[] STIRLING = {-0.00035130556f, 0.0007620558f, -0.002776311f, 0.08333332f};

    /** {@code (log x − 1/(2x) − digamma x)·x²} by {@code 1/x²}, for {@code x ≥ 2}; DLMF 5.11.2. */
    private static final float[] DIGAMMA = {0.0024725397f, -0.0034041433f, 0.0039129783f, -0.008331876f, 0.08333333f};

    private final Logarithms logarithms;

    GammaDifferences(VectorGraph g) {
        super(g);
        this.logarithms = new Logarithms(g);
    }

    /**
     * An argument, raised where it is small.
     *
     * @param isRaised where 2 was added
     * @param raised the argument to expand at
     * @param inverse its inverse
     * @param divisor {@code a·(a + 1)} where it is raised, else 1
     */
    private record Argument(
            VectorNode value, VectorNode isRaised, VectorNode raised, VectorNode inverse, VectorNode divisor) {}

    private Argument argument(VectorNode a, VectorNode isRaised) {
        VectorNode raised = g.blend(isRaised, g.add(a, c(2)), a);
        return new Argument(a, isRaised, raised, g.divide(c(1), raised), g.blend(isRaised, g.fma(a, a, a), c(1)));
    }

    /** Two arguments; if one is small, both are raised unless the other is 4 or more. */
    private record Arguments(Argument a, Argument b, VectorNode both, VectorNode y, VectorNode difference) {}

    /**
     * The arguments a and {@code b = a + y}.
     *
     * @return with the difference y of what they are raised to
     */
    private Arguments arguments(VectorNode x, VectorNode y) {
        VectorNode sum = g.add(x, y);
        rareOutside(x);
        rareOutside(sum);
        VectorNode magnitude = g.abs(y);
        g.rarely(g.and(g.less(c(0), magnitude), g.less(magnitude, g.fma(x, c(MIN_RISE), c(MIN_RISE)))));
        VectorNode isSmall = g.or(g.less(x, c(2)), g.less(sum, c(2)));
        Argument a = argument(x, g.and(isSmall, g.less(x, c(4))));
        Argument b = argument(sum, g.and(isSmall, g.less(sum, c(4))));
        VectorNode offset = g.subtract(g.blend(b.isRaised(), c(2), c(0)), g.blend(a.isRaised(), c(2), c(0)));
        return new Arguments(a, b, g.and(a.isRaised(), b.isRaised()), y, g.add(y, offset));
    }

    private void rareOutside(VectorNode x) {
        g.rarely(g.or(g.less(x, c(MIN)), g.less(c(MAX), x)));
    }

    /** {@code log(b / a)} of the raised arguments. */
    private VectorNode logOfQuotient(Arguments args) {
        return logarithms.logOfQuotient(
                args.b().raised(),
                args.a().raised(),
                args.difference(),
                args.a().inverse());
    }

    /** {@code 1/a − 1/b}. */
    private VectorNode inverses(Arguments args) {
        return g.multiply(
                args.difference(), g.multiply(args.a().inverse(), args.b().inverse()));
    }

    /** Stirling's formula at both, and {@code Γ(x) = Γ(x + 2) / (x·(x + 1))}. */
    VectorNode lgamma(VectorNode x, VectorNode y) {
        Arguments args = arguments(x, y);
        Argument a = args.a();
        Argument b = args.b();
        VectorNode slope = g.subtract(logarithms.logOfSum(b.raised(), c(0)), c(1));
        VectorNode rise =
                g.fma(g.subtract(a.raised(), c(0.5f)), logOfQuotient(args), g.multiply(args.difference(), slope));
        VectorNode stirling = g.multiply(inverses(args), stirlingSlope(a.inverse(), b.inverse()));
        VectorNode ofDivisors = g.blend(
                args.both(),
                g.multiply(args.y(), g.add(g.add(a.value(), b.value()), c(1))),
                g.subtract(b.divisor(), a.divisor()));
        VectorNode shift = logarithms.logOfQuotient(b.divisor(), a.divisor(), ofDivisors, g.divide(c(1), a.divisor()));
        return g.subtract(g.subtract(rise, stirling), shift);
    }

    /** The divided difference of {@code v·S(v²)}: sums of products of equal degree, by their recurrence. */
    private VectorNode stirlingSlope(VectorNode v, VectorNode w) {
        VectorNode product = g.multiply(v, w);
        VectorNode squares = g.fma(v, v, g.multiply(w, w));
        VectorNode negative = g.negate(g.multiply(product, product));
        VectorNode second = g.add(squares, product);
        VectorNode fourth = g.fma(squares, second, negative);
        VectorNode sixth = g.fma(squares, fourth, g.multiply(negative, second));
        VectorNode sum = g.fma(second, c(STIRLING[2]), c(STIRLING[3]));
        return g.fma(sixth, c(STIRLING[0]), g.fma(fourth, c(STIRLING[1]), sum));
    }

    /** The expansions at both, and {@code ψ(x) = ψ(x + 2) − (2x + 1) / (x·(x + 1))}. */
    VectorNode digamma(VectorNode x, VectorNode y) {
        Arguments args = arguments(x, y);
        VectorNode inverses = inverses(args);
        VectorNode v = args.a().inverse();
        VectorNode w = args.b().inverse();
        VectorNode slope = g.fma(g.add(v, w), digammaSlope(v, w), c(0.5f));
        return g.add(g.fma(inverses, slope, logOfQuotient(args)), shift(args));
    }

    /** The divided difference of the series by {@code v²}. */
    private VectorNode digammaSlope(VectorNode v, VectorNode w) {
        VectorNode product = g.multiply(v, w);
        VectorNode squares = g.fma(v, v, g.multiply(w, w));
        VectorNode negative = g.negate(g.multiply(product, product));
        VectorNode second = g.fma(squares, squares, negative);
        VectorNode third = g.multiply(squares, g.add(second, negative));
        VectorNode fourth = g.fma(squares, third, g.multiply(negative, second));
        VectorNode sum = g.fma(second, c(DIGAMMA[2]), g.fma(squares, c(DIGAMMA[3]), c(DIGAMMA[4])));
        return g.fma(fourth, c(DIGAMMA[0]), g.fma(third, c(DIGAMMA[1]), sum));
    }

    /** What raising took from the difference of digammas. */
    private VectorNode shift(Arguments args) {
        VectorNode a = args.a().value();
        VectorNode b = args.b().value();
        VectorNode ofA = g.blend(args.a().isRaised(), g.fma(a, c(2), c(1)), c(0));
        VectorNode ofB = g.blend(args.b().isRaised(), g.fma(b, c(2), c(1)), c(0));
        VectorNode product = g.multiply(a, b);
        VectorNode ofBoth = g.multiply(args.y(), g.add(g.fma(product, c(2), c(1)), g.add(a, b)));
        VectorNode dividend = g.blend(args.both(), ofBoth, g.subtract(ofA, ofB));
        return g.divide(dividend, g.multiply(args.a().divisor(), args.b().divisor()));
    }

    /**
     * Stirling's formula for {@code m ≤ M} and {@code s = m + M}: {@code m·log(m/s) − (M − ½)·log(1 + m/M) − ½·log m},
     * whose first terms have one sign. What raising takes stands in one logarithm with {@code 2·log(m/s)} and
     * {@code −½·log m}, so that large logarithms do not cancel.
     */
    VectorNode lbeta(VectorNode x, VectorNode y) {
        VectorNode ordered = g.less(x, y);
        VectorNode min = g.blend(ordered, x, y);
        VectorNode max = g.blend(ordered, y, x);
        rareOutside(min);
        rareOutside(max);
        Argument m = argument(min, g.less(min, c(2)));
        Argument n = argument(max, g.less(max, c(2)));
        VectorNode sum = g.add(min, max);
        VectorNode raised = g.add(m.raised(), n.raised());
        VectorNode inverse = g.divide(c(1), raised);
        VectorNode above = logarithms.logOfSum(g.multiply(m.raised(), n.inverse()), c(1));
        VectorNode share = g.multiply(m.raised(), inverse);
        VectorNode below = logarithms.logOfSum(share, c(0));
        VectorNode rest = logarithms.logOfSum(g.divide(risen(m, n, sum, inverse), fallen(m, n)), c(0));
        VectorNode series = g.add(
                g.subtract(stirling(m.inverse()), stirling(inverse)), g.add(stirling(n.inverse()), c(HALF_LOG_TWO_PI)));
        VectorNode logs = g.fma(min, below, g.fma(g.subtract(c(0.5f), n.raised()), above, rest));
        return g.add(logs, series);
    }

    private VectorNode risen(Argument m, Argument n, VectorNode sum, VectorNode inverse) {
        VectorNode first = g.multiply(g.multiply(sum, inverse), g.multiply(g.add(sum, c(1)), inverse));
        VectorNode once = g.multiply(first, g.multiply(m.raised(), m.raised()));
        VectorNode second = g.multiply(g.add(sum, c(2)), g.add(sum, c(3)));
        return g.multiply(g.blend(m.isRaised(), once, c(1)), g.blend(n.isRaised(), second, c(1)));
    }

    private VectorNode fallen(Argument m, Argument n) {
        return g.multiply(g.sqrt(m.raised()), g.multiply(m.divisor(), n.divisor()));
    }

    private VectorNode stirling(VectorNode inverse) {
        return g.multiply(g.polynomial(g.multiply(inverse, inverse), STIRLING), inverse);
    }
}
