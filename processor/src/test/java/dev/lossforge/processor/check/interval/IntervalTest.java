package dev.lossforge.processor.check.interval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lossforge.processor.ir.UnaryOp;
import org.junit.jupiter.api.Test;

class IntervalTest {

    private static final double INFINITY = Double.POSITIVE_INFINITY;
    private static final Interval UNIT = Interval.of(0, 1);
    private static final Interval POSITIVE = Interval.above(0);

    @Test
    void writesItselfAsMathematicsDoes() {
        assertThat(UNIT).hasToString("[0, 1]");
        assertThat(POSITIVE).hasToString("(0, ∞)");
        assertThat(Interval.FINITE.exceptZero()).hasToString("(−∞, ∞) without 0");
        assertThat(Interval.point(-INFINITY)).hasToString("{−∞}");
        assertThat(Interval.EMPTY).hasToString("{}");
        assertThat(Interval.of(-0.5, 1e-7)).hasToString("[−0.5, 1.0E−7]");
    }

    @Test
    void anOpenEndIsNoValue() {
        assertThat(POSITIVE.contains(0)).isFalse();
        assertThat(POSITIVE.contains(INFINITY)).isFalse();
        assertThat(UNIT.contains(0)).isTrue();
        assertThat(UNIT.exceptZero()).hasToString("(0, 1]");
        assertThat(Interval.FINITE.exceptZero().contains(0)).isFalse();
    }

    @Test
    void unionAndIntersectionKeepWhatIsOpen() {
        assertThat(Interval.of(-1, 0).exceptZero().union(POSITIVE)).hasToString("[−1, ∞) without 0");
        assertThat(UNIT.intersect(POSITIVE)).hasToString("(0, 1]");
        assertThat(UNIT.intersect(Interval.of(2, 3)).isEmpty()).isTrue();
        assertThat(Interval.EMPTY.union(UNIT)).isEqualTo(UNIT);
    }

    @Test
    void wholeNumbersBeginAboveAnOpenEnd() {
        assertThat(POSITIVE.whole()).hasToString("[1, ∞)");
        assertThat(Interval.of(0, 5).exceptZero().whole()).hasToString("[1, 5]");
        assertThat(Interval.of(-0.5, 1.5).whole()).hasToString("[0, 1]");
    }

    @Test
    void poleAndLimitAreTheSame() {
        assertThat(IntervalFunctions.apply(UnaryOp.LOG, UNIT)).hasToString("[−∞, 0]");
        assertThat(IntervalFunctions.apply(UnaryOp.LOG, POSITIVE)).hasToString("(−∞, ∞)");
        assertThat(IntervalFunctions.apply(UnaryOp.EXP, Interval.of(-1000, 1000)))
                .hasToString("(0, ∞)");
        assertThat(IntervalFunctions.apply(UnaryOp.SIGMOID, Interval.FINITE)).hasToString("(0, 1)");
        assertThat(IntervalFunctions.apply(UnaryOp.TANH, Interval.FINITE.exceptZero()))
                .hasToString("(−1, 1) without 0");
        assertThat(IntervalFunctions.apply(UnaryOp.ATANH, Interval.of(-1, 1))).hasToString("[−∞, ∞]");
        assertThat(IntervalFunctions.apply(UnaryOp.LGAMMA, POSITIVE).contains(-0.12))
                .isTrue();
    }

    @Test
    void zeroTimesUnboundedIsZero() {
        assertThat(IntervalArithmetic.multiply(UNIT, POSITIVE)).hasToString("[0, ∞)");
        assertThat(IntervalArithmetic.multiply(POSITIVE, POSITIVE)).hasToString("(0, ∞)");
        assertThat(IntervalArithmetic.divide(Interval.point(1), Interval.of(-2, 4)))
                .hasToString("(−∞, ∞) without 0");
        assertThat(IntervalArithmetic.divide(UNIT, Interval.of(2, 4))).hasToString("[0, 0.5]");
        assertThat(IntervalArithmetic.power(UNIT, Interval.of(0, INFINITY))).hasToString("[0, 1]");
        assertThat(IntervalArithmetic.wholePower(Interval.of(-2, 1), 3)).hasToString("[−8, 1]");
        assertThat(IntervalArithmetic.wholePower(Interval.of(-2, 1), 2)).hasToString("[0, 4]");
    }
}
