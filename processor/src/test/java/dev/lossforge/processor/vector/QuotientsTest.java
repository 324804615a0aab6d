package dev.lossforge.processor.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Quotients by way of a reciprocal, next to divisions. */
class QuotientsTest {
    private static final DoubleBinaryOperator DIVISION = (x, y) -> (float) x / (float) y;
    private static final float[] SPECIAL = {
        0f,
        1f,
        3f,
        1e-30f,
        1e30f,
        Float.MIN_VALUE,
        0x1.8p-130f,
        Float.MIN_NORMAL,
        Float.MAX_VALUE,
        Float.POSITIVE_INFINITY,
        Float.NaN
    };

    private static Accuracy quotient() {
        return new Accuracy((g, x, d) -> new Quotients(g).by(x, d, g.divide(g.constant(1f), d), false));
    }

    @ParameterizedTest
    @CsvSource({"-10, 10, 0.01, 10", "-1e6, 1e6, 1e-6, 1e6", "-1e-10, 1e-10, -1e10, -1e-10"})
    void aQuotientIsRoundedLikeADivision(float fromX, float toX, float fromY, float toY) {
        float[] xs = VectorFunctionsTest.points(fromX, toX, 1);
        float[] ys = VectorFunctionsTest.points(fromY, toY, 2);
        float[] quotients = quotient().values(xs, ys, DIVISION);
        int wrong = 0;
        for (int i = 0; i < xs.length; i++) {
            float exact = xs[i] / ys[i];
            boolean isSmall = Math.abs(exact) < 0x1p-100f || Math.abs(xs[i]) < 0x1p-100f;
            wrong += isSmall || quotients[i] == exact ? 0 : 1;
        }
        assertThat(wrong).isZero();
    }

    @Test
    void aQuotientIsWithinAnUlpAtSpecialValues() {
        for (float x : SPECIAL) {
            for (float d : SPECIAL) {
                for (float sign : new float[] {1, -1}) {
                    float found = quotient().values(new float[] {sign * x}, new float[] {d}, DIVISION)[0];
                    assertThat(Accuracy.ulps(found, (double) sign * x / d))
                            .as(sign * x + " / " + d + " = " + found)
                            .isLessThanOrEqualTo(1);
                }
            }
        }
    }
}
