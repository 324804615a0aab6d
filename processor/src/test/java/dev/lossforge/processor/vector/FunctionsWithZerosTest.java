package dev.lossforge.processor.vector;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.ReferenceMath;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.ir.UnaryOp;
import dev.lossforge.processor.testing.Effort;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Functions whose errors are not counted in ulps, since they have zeros, and one whose reference is slow. */
class FunctionsWithZerosTest {
    private static final int POINTS = Effort.of("lossforge.vector.points", 250_000, 1_000_000);

    /** The digamma function has a zero at 1.46, so that its error is absolute there. */
    @Test
    void digammaIsWithinItsBound() {
        Accuracy function = new Accuracy((g, x, y) -> VectorFunctions.unary(g, UnaryOp.DIGAMMA, x));
        float[] xs = VectorFunctionsTest.points(0, 10, 1);
        DoubleBinaryOperator exact = (x, y) -> ReferenceMath.apply(UnaryOp.DIGAMMA, x);
        float[] results = function.values(xs, xs, exact);
        for (int i = 0; i < xs.length; i++) {
            double expected = exact.applyAsDouble(xs[i], 0);
            double error = Math.abs(results[i] - expected);
            boolean same = (float) expected == results[i] || Double.isNaN(expected) && Float.isNaN(results[i]);
            assertTrue(same || error <= 5e-7 * Math.max(1, Math.abs(expected)), xs[i] + ": " + results[i]);
        }
    }

    /** The exact value is a step of Newton's method from the result, which shows how far off that was. */
    @ParameterizedTest
    @CsvSource({"0, 1", "0, 0.03", "0.49, 0.51"})
    void normalQuantileIsWithinItsBound(float from, float to) {
        Accuracy function = new Accuracy((g, x, y) -> VectorFunctions.unary(g, UnaryOp.NORMAL_QUANTILE, x));
        float[] ps = Accuracy.points(from, to, POINTS, 1);
        float[] results = function.values(ps, ps, (x, y) -> 0);
        for (int i = 0; i < ps.length; i++) {
            double exact = Double.isInfinite(results[i]) ? results[i] : ExactFunctions.quantile(ps[i], results[i]);
            assertTrue(Accuracy.ulps(results[i], exact) <= 4, ps[i] + ": " + results[i] + ", not " + exact);
        }
    }

    /** Relative to what is added to the first argument; of lbeta to 1, since it has zeros. */
    @ParameterizedTest
    @CsvSource({
        "LGAMMA_DIFFERENCE, 0, 10, 0, 20, 1.1e-6",
        "LGAMMA_DIFFERENCE, 0, 1e6, 0, 100, 1.1e-6",
        "LGAMMA_DIFFERENCE, 0.5, 10, -0.5, 0.5, 1.1e-6",
        "LBETA, 0, 10, 0, 10, 1.2e-6",
        "LBETA, 0, 1e6, 0, 1e6, 1.2e-6",
        "LBETA, 0, 1e6, 0, 5, 1.2e-6",
    })
    void differencesOfGammaFunctionsAreWithinTheirBounds(
            BinaryOp op, float fromX, float toX, float fromY, float toY, double bound) {
        Accuracy function = new Accuracy((g, x, y) -> VectorFunctions.binary(g, op, x, y));
        float[] xs = VectorFunctionsTest.points(fromX, toX, 1);
        float[] ys = VectorFunctionsTest.points(fromY, toY, 2);
        DoubleBinaryOperator exact = (x, y) -> ReferenceMath.apply(op, Type.FLOAT, x, y);
        float[] results = function.values(xs, ys, exact);
        for (int i = 0; i < xs.length; i++) {
            double expected = exact.applyAsDouble(xs[i], ys[i]);
            double error = Math.abs(results[i] - expected);
            boolean same = (float) expected == results[i] || Double.isNaN(expected) && Float.isNaN(results[i]);
            double added = op == BinaryOp.LBETA ? 1 : Math.abs(ys[i]);
            assertTrue(
                    same || error <= bound * Math.max(added, Math.abs(expected)),
                    xs[i] + ", " + ys[i] + ": " + results[i] + ", not " + expected);
        }
    }
}
