package dev.lossforge.processor.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.OperationNames;
import dev.lossforge.processor.ir.ReferenceMath;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.ir.UnaryOp;
import dev.lossforge.processor.testing.Effort;
import dev.lossforge.runtime.internal.kernel.Scalars;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class VectorFunctionsTest {
    private static final int POINTS = Effort.of("lossforge.vector.points", 250_000, 1_000_000);
    /** The points of a plain build are some of those of a thorough one. */
    private static final int ALL_POINTS = Math.max(POINTS, 1_000_000);

    private static final float INFINITY = Float.POSITIVE_INFINITY;
    /** Functions that leave some inputs to scalar code. */
    private static final Set<UnaryOp> PARTIAL =
            EnumSet.of(UnaryOp.SIN, UnaryOp.COS, UnaryOp.TAN, UnaryOp.LGAMMA, UnaryOp.DIGAMMA, UnaryOp.TRIGAMMA);

    private static final float[] SPECIAL = {
        Float.NaN,
        Float.intBitsToFloat(0x7fc12345),
        Float.intBitsToFloat(0xffffffff),
        INFINITY,
        0f,
        Float.MIN_VALUE,
        3e-39f,
        Float.MIN_NORMAL,
        1e-30f,
        0.25f,
        0.5f,
        Math.nextDown(1f),
        1f,
        Math.nextUp(1f),
        1.5f,
        2f,
        2.5f,
        3f,
        4f,
        88.8f,
        89.3f,
        103f,
        104f,
        105f,
        0x1.fffffep22f,
        0x1p23f,
        0x1.fffffep23f,
        0x1p24f,
        1e10f,
        1e30f,
        0x1p127f,
        3e38f,
        Float.MAX_VALUE
    };

    /** A quarter of the points is uniform in the bits of all floats, one in those of the range, half in its values. */
    @ParameterizedTest
    @CsvSource({
        "SQUARE, -10, 10, 0.5",
        "SQRT, 0, 100, 0.5",
        "EXP, -104, 89, 0.9",
        "EXPM1, -20, 89, 1.5",
        "LOG, 0, 10, 0.8",
        "LOG1P, -1, 10, 1.45",
        "EXPM1_REST, -20, 89, 6",
        "EXPM1_REST, -1, 1, 6",
        "LOG1P_REST, -1, 10, 12",
        "LOG_REST, 0, 10, 8",
        "LOG1M_EXP, -20, 0, 2.1",
        "SIN, -1000, 1000, 1.8",
        "COS, -1000, 1000, 1.8",
        "TAN, -1000, 1000, 2.9",
        "ASIN, -1, 1, 2.4",
        "ASIN, 0.5001, 0.5004, 2.4",
        "ACOS, -1, 1, 1.2",
        "ATAN, -10, 10, 2.0",
        "SINH, -89, 89, 2.9",
        "SINH, -2, 2, 2.9",
        "COSH, -89, 89, 2.6",
        "TANH, -5, 5, 1.5",
        "ASINH, -10, 10, 2.4",
        "ACOSH, 1, 10, 2.4",
        "ATANH, -1, 1, 2.2",
        "LOG_COSH, -3, 3, 2.0",
        "SIGMOID, -104, 20, 2.5",
        "LOG_SIGMOID, -20, 104, 2.1",
        "SOFTPLUS, -104, 20, 2.1",
        "ERF, -4, 4, 1.1",
        "ERFC, -4, 4, 5.4",
        "ERFC, 0, 10.1, 5.4",
        "NORMAL_CDF, -5, 5, 6",
        "NORMAL_CDF, -14.5, 0, 6",
        "LOG_NORMAL_CDF, -5, 5, 6.5",
        "LOG_NORMAL_CDF, -100, 14.5, 6.5",
        "INVERSE_MILLS, -5, 5, 4.4",
        "INVERSE_MILLS, -100, 14.5, 4.4",
        "MILLS_SLOPE, -5, 5, 10.5",
        "MILLS_SLOPE, -2000, 14.5, 10.5",
        "LOG_BESSEL_I0, -10, 10, 2.6",
        "BESSEL_I1_I0, -10, 10, 2.2",
        "LGAMMA, 0, 10, 2.7",
        "TRIGAMMA, 0, 10, 5.8",
        "FLOOR, -1000, 1000, 0",
        "CEIL, -1000, 1000, 0",
        "ROUND, -1000, 1000, 0",
        "SIGN, -10, 10, 0",
    })
    void isWithinUlps(UnaryOp op, float from, float to, double bound) {
        Accuracy function = new Accuracy((g, x, y) -> VectorFunctions.unary(g, op, x));
        float[] xs = points(from, to, 1);
        DoubleBinaryOperator exact = (x, y) -> ExactFunctions.apply(op, x);
        assertWithin(bound, Accuracy.worst(xs, xs, function.values(xs, xs, exact), exact), op);
    }

    @ParameterizedTest
    @CsvSource({
        "DIGAMMA_DIFFERENCE, 0, 10, 0, 20, 5.5",
        "DIGAMMA_DIFFERENCE, 0, 1e6, 0, 100, 5.5",
        "DIGAMMA_DIFFERENCE, 0.5, 10, -0.5, 0.5, 5.5",
        "REMAINDER, -100, 100, -10, 10, 0",
        "POW, 0, 2, -10, 10, 1.2",
        "POW, 0.5, 2, -100, 100, 5.5",
        "ATAN2, -10, 10, -10, 10, 2.1",
        "HYPOT, -10, 10, -10, 10, 1.2",
        "XLOGY, 0, 1, 0, 2, 1.8",
        "XLOG1PY, 0, 1, -1, 1, 2.3",
        "XDIVY, 0, 1, -1, 1, 0.5",
        "LOG_QUOTIENT, 0, 1, 0, 1, 2.2",
        "RELATIVE_ENTROPY, 0, 1, 0, 1, 2.9",
        "MAX, -1, 1, -1, 1, 0",
        "MIN, -1, 1, -1, 1, 0",
    })
    void isWithinUlps(BinaryOp op, float fromX, float toX, float fromY, float toY, double bound) {
        Accuracy function = new Accuracy((g, x, y) -> VectorFunctions.binary(g, op, x, y));
        float[] xs = points(fromX, toX, 1);
        float[] ys = points(fromY, toY, 2);
        DoubleBinaryOperator exact = (x, y) -> ReferenceMath.apply(op, Type.FLOAT, x, y);
        // powers of free floats have exponents of thousands, or are 1
        int from = op == BinaryOp.POW ? POINTS / 4 : 0;
        float[] x = Arrays.copyOfRange(xs, from, POINTS);
        float[] y = Arrays.copyOfRange(ys, from, POINTS);
        assertWithin(bound, Accuracy.worst(x, y, function.values(x, y, exact), exact), op);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-2, -1, -0.5, 0, 0.5, 1, 1.5, 2, 3, 4})
    void simplePowersAreWithinTwoUlps(double exponent) {
        Accuracy function = new Accuracy((g, x, y) -> VectorFunctions.power(g, x, exponent));
        float[] xs = points(0, 10, 1);
        DoubleBinaryOperator exact = (x, y) -> Math.pow(x, exponent);
        assertWithin(2, Accuracy.worst(xs, xs, function.values(xs, xs, exact), exact), exponent);
        float[] results = function.values(special(), special(), exact);
        for (int i = 0; i < results.length; i++) {
            assertSame(Scalars.pow(special()[i], (float) exponent), results[i], "power " + exponent, special()[i], 0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void specialValuesAreThoseOfScalarCode(UnaryOp op) {
        if (VectorFunctions.supports(op, VectorKind.FLOAT) && op != UnaryOp.TO_INT) {
            Accuracy function = new Accuracy((g, x, y) -> VectorFunctions.unary(g, op, x));
            float[] results = function.values(special(), special(), (x, y) -> ScalarFunctions.apply(op, (float) x));
            for (int i = 0; i < results.length; i++) {
                assertSame(ScalarFunctions.apply(op, special()[i]), results[i], op, special()[i], 0);
            }
            assertEquals(PARTIAL.contains(op), function.isPartial(), op.name());
        }
    }

    @ParameterizedTest
    @EnumSource
    void specialValuesAreThoseOfScalarCode(BinaryOp op) {
        if (VectorFunctions.supports(op, VectorKind.FLOAT)) {
            Accuracy function = new Accuracy((g, x, y) -> VectorFunctions.binary(g, op, x, y));
            float[] ys = special();
            for (float x : special()) {
                float[] xs = new float[ys.length];
                Arrays.fill(xs, x);
                float[] results = function.values(xs, ys, (a, b) -> ScalarFunctions.apply(op, (float) a, (float) b));
                for (int i = 0; i < ys.length; i++) {
                    boolean extreme = op == BinaryOp.MAX || op == BinaryOp.MIN;
                    float expected = extreme && x == 0 && ys[i] == 0 ? x : ScalarFunctions.apply(op, x, ys[i]);
                    assertSame(expected, results[i], op, x, ys[i]);
                }
            }
        }
    }

    /** A constant exponent or bound takes fewer operations, for the same results. */
    @ParameterizedTest
    @ValueSource(floats = {0f, -0f, 1f, -3f, 2.5f, Float.NaN, INFINITY, -INFINITY, 0x1p24f, 16777215f})
    void constantsGiveWhatVariablesDo(float constant) {
        for (BinaryOp op : EnumSet.of(BinaryOp.POW, BinaryOp.MAX, BinaryOp.MIN, BinaryOp.HYPOT)) {
            Accuracy right = new Accuracy((g, x, y) -> VectorFunctions.binary(g, op, x, g.constant(constant)));
            DoubleBinaryOperator ofRare =
                    (x, y) -> op == BinaryOp.HYPOT ? ScalarFunctions.apply(op, (float) x, constant) : 0;
            float[] rights = right.values(special(), special(), ofRare);
            for (int i = 0; i < rights.length; i++) {
                assertSame(ScalarFunctions.apply(op, special()[i], constant), rights[i], op, special()[i], constant);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {1f, -1.5f, 0x1p-30f, 0x1p30f, 1e-3f, 1e6f})
    void hypotBesideAConstantIsWithinItsBound(float constant) {
        Accuracy function =
                new Accuracy((g, x, y) -> VectorFunctions.binary(g, BinaryOp.HYPOT, x, g.constant(constant)));
        float[] xs = points(-10, 10, 1);
        DoubleBinaryOperator exact = (x, y) -> Math.hypot(x, constant);
        assertWithin(1.2, Accuracy.worst(xs, xs, function.values(xs, xs, exact), exact), constant);
        float[] results = function.values(special(), special(), exact);
        for (int i = 0; i < results.length; i++) {
            assertSame(Scalars.hypot(special()[i], constant), results[i], "hypot", special()[i], constant);
        }
    }

    /** Where the argument is known not to be positive, fewer operations are as exact, down to subnormal results. */
    @ParameterizedTest
    @CsvSource({"EXP, 0.9", "EXPM1, 1.5"})
    void exponentialsOfWhatIsNeverPositiveAreWithinTheirBounds(UnaryOp op, double bound) {
        Accuracy function = new Accuracy((g, x, y) -> ofNegativeMagnitude(g, op, x));
        float[] xs = points(-105, 0, 1);
        DoubleBinaryOperator exact = (x, y) -> ExactFunctions.apply(op, -Math.abs(x));
        assertWithin(bound, Accuracy.worst(xs, xs, function.values(xs, xs, exact), exact), op);
        float[] results = function.values(special(), special(), exact);
        for (int i = 0; i < results.length; i++) {
            assertSame(ScalarFunctions.apply(op, -Math.abs(special()[i])), results[i], op, special()[i], 0);
        }
        Accuracy general = new Accuracy((g, x, y) -> VectorFunctions.unary(g, op, x));
        assertTrue(function.operations() < general.operations(), function.operations() + " operations");
    }

    @Test
    void anExponentialAndItsExcessShareTheirSeries() {
        Accuracy one = new Accuracy((g, x, y) -> ofNegativeMagnitude(g, UnaryOp.EXP, x));
        Accuracy both = new Accuracy(
                (g, x, y) -> g.add(ofNegativeMagnitude(g, UnaryOp.EXP, x), ofNegativeMagnitude(g, UnaryOp.EXPM1, x)));
        assertTrue(both.operations() < 1.6 * one.operations(), both.operations() + " of " + one.operations());
    }

    private static VectorNode ofNegativeMagnitude(VectorGraph g, UnaryOp op, VectorNode x) {
        VectorNode negative = g.negate(g.abs(x));
        g.stateNonPositive(negative);
        return VectorFunctions.unary(g, op, negative);
    }

    @Test
    void functionsOfOneDeviationShareItsExponential() {
        Accuracy one = new Accuracy((g, x, y) -> VectorFunctions.unary(g, UnaryOp.LOG_NORMAL_CDF, x));
        Accuracy both = new Accuracy((g, x, y) -> g.add(
                VectorFunctions.unary(g, UnaryOp.LOG_NORMAL_CDF, x),
                VectorFunctions.unary(g, UnaryOp.INVERSE_MILLS, x)));
        assertTrue(both.operations() < 1.2 * one.operations(), both.operations() + " of " + one.operations());
    }

    @Test
    void powersOfOneBaseShareItsLogarithm() {
        Accuracy one = new Accuracy((g, x, y) -> VectorFunctions.binary(g, BinaryOp.POW, x, y));
        Accuracy both = new Accuracy((g, x, y) -> g.add(
                VectorFunctions.binary(g, BinaryOp.POW, x, y),
                VectorFunctions.binary(g, BinaryOp.POW, x, g.subtract(y, g.constant(1f)))));
        assertTrue(both.operations() < 1.5 * one.operations(), both.operations() + " of " + one.operations());
    }

    /** The lines of the table in the documentation of {@link VectorFunctions}. */
    @Test
    void operationsAreCounted() {
        for (UnaryOp op : UnaryOp.values()) {
            if (VectorFunctions.supports(op, VectorKind.FLOAT)) {
                print(op, new Accuracy((g, x, y) -> VectorFunctions.unary(g, op, x)));
            }
        }
        for (BinaryOp op : BinaryOp.values()) {
            if (VectorFunctions.supports(op, VectorKind.FLOAT)) {
                print(op, new Accuracy((g, x, y) -> VectorFunctions.binary(g, op, x, y)));
            }
        }
        assertTrue(new Accuracy((g, x, y) -> VectorFunctions.unary(g, UnaryOp.EXP, x)).operations() <= 22);
    }

    private static void print(Enum<?> op, Accuracy function) {
        System.out.printf(Locale.ROOT, "%-16s %3d operations%n", OperationNames.of(op), function.operations());
    }

    static float[] points(float from, float to, long seed) {
        float[] points = Accuracy.points(from, to, ALL_POINTS, seed);
        float[] all = Accuracy.points(-Float.MAX_VALUE, Float.MAX_VALUE, ALL_POINTS, seed + 100);
        System.arraycopy(all, 0, points, 0, ALL_POINTS / 4);
        return Accuracy.spread(points, POINTS);
    }

    private static float[] special() {
        float[] both = Arrays.copyOf(SPECIAL, 2 * SPECIAL.length);
        for (int i = 0; i < SPECIAL.length; i++) {
            both[SPECIAL.length + i] = -SPECIAL[i];
        }
        return both;
    }

    private static void assertWithin(double bound, Accuracy.Worst worst, Object function) {
        assertTrue(worst.ulps() <= bound, function + ": " + worst);
    }

    /** The same NaN, infinity or zero, else within the few ulps that the other tests are precise about. */
    private static void assertSame(float expected, float result, Object function, float x, float y) {
        boolean same = Float.floatToIntBits(expected) == Float.floatToIntBits(result);
        float scale = Math.max(added(function, y), Math.abs(expected));
        boolean number = Math.abs(expected) < INFINITY && (scale != 0 || isUnderflow(function, x));
        boolean close =
                number && Math.abs(result - expected) <= 8 * Math.ulp(scale) || isZeroOfGamma(function, x, result);
        assertTrue(same || close, () -> function + " of " + x + ", " + y + ": " + result + ", not " + expected);
    }

    /** What the error of a function with zeros is relative to besides its value. */
    private static float added(Object function, float y) {
        return function == BinaryOp.LBETA ? 1 : function == BinaryOp.LGAMMA_DIFFERENCE ? Math.abs(y) : 0;
    }

    /**
     * Where the logistic function is 1, the sign of its logarithm is that of what vanishes; of a difference any, of a
     * square too.
     */
    private static boolean isUnderflow(Object function, float x) {
        return function == BinaryOp.DIGAMMA_DIFFERENCE
                || function == UnaryOp.LOG1P_REST
                || function == UnaryOp.LOG_SIGMOID && x > 0 && x < INFINITY;
    }

    /** In double precision, scalar code misses the zeros by 4e-15. */
    private static boolean isZeroOfGamma(Object function, float x, float result) {
        return function == UnaryOp.LGAMMA && (x == 1 || x == 2) && result == 0;
    }
}
