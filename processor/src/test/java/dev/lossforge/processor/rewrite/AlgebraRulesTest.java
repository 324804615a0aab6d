package dev.lossforge.processor.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.ExprText;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.InputValues;
import dev.lossforge.processor.ir.Interpreter;
import dev.lossforge.processor.ir.ReduceOp;
import dev.lossforge.processor.ir.Role;
import dev.lossforge.processor.ir.Scope;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.ir.UnaryOp;
import dev.lossforge.processor.testing.Formulas;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules of arithmetic at the values for which they are easily wrong. */
class AlgebraRulesTest {

    private static final Input P = Input.of(0, "p", Role.PREDICTION, Type.FLOAT, 0);
    private static final Input COUNT = Input.of(1, "count", Role.TARGET, Type.INT, 0);

    private final Exprs e = new Exprs();
    private final Expr p = e.load(P, List.of());

    private Expr simple(Expr value) {
        return Stabilizer.rewrite(Formulas.of(e, Scope.ELEMENT, List.of(P, COUNT), value))
                .formula()
                .value();
    }

    @ParameterizedTest
    @ValueSource(ints = {-3, 0, 2})
    void aSumOverNothingIsZeroWhateverIsAdded(int count) {
        Expr sum = simple(e.reduce(ReduceOp.SUM, e.load(COUNT, List.of()), i -> p));
        for (double value : new double[] {1.5, Double.POSITIVE_INFINITY, Double.NaN}) {
            InputValues inputs = InputValues.of(Map.of("p", value, "count", count));
            assertThat(new Interpreter(e, inputs).evaluate(sum))
                    .isEqualTo(Double.valueOf(count > 0 ? count * value : 0));
        }
    }

    @Test
    void constantsAreNotMultipliedBeyondTheRangeOfFloats() {
        assertThat(text(times(1e30, times(1e30, p)))).isEqualTo("1.0E30·1.0E30·p");
        assertThat(text(times(1e-30, times(1e-30, p)))).isEqualTo("1.0E−30·1.0E−30·p");
        assertThat(text(times(3, times(0.5, p)))).isEqualTo("1.5·p");
    }

    @Test
    void aMaskOfBothSidesStandsOutermost() {
        Expr above = e.compare(Comparison.GREATER, p, e.constant(1.0));
        Expr mask = e.compare(Comparison.LESS, p, e.constant(3.0));
        Expr zero = e.constant(0.0);
        Expr choice = e.select(
                above, e.select(mask, e.constant(7.0), zero), e.select(mask, e.unary(UnaryOp.NAN_OR_ZERO, p), zero));
        assertThat(text(choice)).isEqualTo("(p < 3 ? (p > 1 ? 7 : nanOrZero(p)) : 0)");
    }

    /** The greater of a number and NaN is NaN, that of any two numbers is none. */
    @Test
    void onlyNanIsNanOfAnExtremeValue() {
        Expr max = e.binary(BinaryOp.MAX, e.constant(2.0), e.unary(UnaryOp.NEGATE, p));
        assertThat(text(e.unary(UnaryOp.NAN_OR_ZERO, max))).isEqualTo("nanOrZero(p)");
        Expr ofNan = e.binary(BinaryOp.MAX, e.constant(Double.NaN), p);
        assertThat(text(e.unary(UnaryOp.NAN_OR_ZERO, ofNan))).contains("NaN");
    }

    @Test
    void comparisonsOfIntsAreKnown() {
        Expr condition = e.compare(Comparison.LESS, e.constant(2), e.constant(3));
        assertThat(simple(e.select(condition, p, e.constant(0.0)))).isSameAs(p);
    }

    @Test
    void aValueAddedToItselfIsTwiceTheValue() {
        Expr q = e.unary(UnaryOp.EXP, p);
        Expr product = e.binary(BinaryOp.MULTIPLY, p, q);
        Expr swapped = e.binary(BinaryOp.MULTIPLY, q, p);
        assertThat(text(e.binary(BinaryOp.ADD, q, q))).isEqualTo("2·exp(p)");
        assertThat(text(e.binary(BinaryOp.ADD, product, swapped))).isEqualTo("2·p·exp(p)");
        assertThat(text(e.binary(BinaryOp.SUBTRACT, e.unary(UnaryOp.NEGATE, product), swapped)))
                .isEqualTo("−(2·p·exp(p))");
        assertThat(text(e.binary(BinaryOp.SUBTRACT, product, swapped))).isEqualTo("p·exp(p) − exp(p)·p");
    }

    private String text(Expr value) {
        return ExprText.of(simple(value));
    }

    private Expr times(double factor, Expr x) {
        return e.binary(BinaryOp.MULTIPLY, e.constant(factor), x);
    }

    /** A quotient that is 0 by definition at 0 / 0 needs no guard where its divisor is never 0. */
    @Test
    void aPositiveDivisorNeedsNoGuard() {
        Expr hypot = e.binary(BinaryOp.HYPOT, p, e.constant(1e-3));
        assertThat(text(e.binary(BinaryOp.XDIVY, p, hypot))).isEqualTo(text(e.binary(BinaryOp.DIVIDE, p, hypot)));
        assertThat(text(e.select(e.compare(Comparison.EQUAL, hypot, e.constant(0.0)), p, hypot)))
                .isEqualTo(text(hypot));
        Expr mayBeZero = e.binary(BinaryOp.HYPOT, p, e.constant(1e-60));
        assertThat(text(e.binary(BinaryOp.XDIVY, p, mayBeZero))).contains("xdivy");
    }
}
