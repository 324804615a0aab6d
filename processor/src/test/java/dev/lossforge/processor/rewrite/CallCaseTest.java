package dev.lossforge.processor.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.testing.SourceReading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A hyperparameter in an exponent gets vector loops of its own for seven values where elements are raised to it. */
class CallCaseTest {
    private static final int CHOSEN = 7;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "float p, @Target float y -> pow(abs(p - y), gamma)",
                "float p, @Target float y -> pow(abs(p - y), gamma - 1) * y",
                "float[] p, @Target int y -> sum(p.length, i -> pow(abs(p[i]), gamma))",
                "float[][] p, @Target int[] y -> sum(p.length, i -> pow(1 + exp(p[i][y[i]]), gamma))"
            })
    void powersOfElementsHaveCases(String formula) {
        assertThat(CallCase.of(formula(formula))).hasSize(CHOSEN);
    }

    /** Nothing is divided by 0 to find out that γ is not 0. */
    @Test
    void anExponentThatIsADivisorIsNotZero() {
        assertThat(CallCase.of(formula(
                        "float[] p, @Target int y -> pow(sum(p.length, i -> pow(abs(p[i]), gamma)), 1 / gamma)")))
                .hasSize(CHOSEN - 1);
    }

    /** One power for a row costs little beside the row, and seven bodies cost a build more than all the rest. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "float[] p, @Target int y -> pow(1 - softmax(p)[y], gamma) * (logSumExp(p) - p[y])",
                "float[] p, @Target int y -> pow(sum(p.length, i -> abs(p[i])), gamma)",
                "float[][] p, @Target int[] y -> pow(mean(p.length, i -> abs(p[i][y[i]])), gamma)"
            })
    void powersOfRowsHaveNone(String formula) {
        assertThat(CallCase.of(formula(formula))).isEmpty();
    }

    /** Of a formula written as its first parameters, an arrow and its value. */
    private static Formula formula(String formula) {
        int arrow = formula.indexOf(" -> ");
        return SourceReading.ofMembers("@Loss static float formula(@Prediction %s, @Param float gamma) { return %s; }"
                        .formatted(formula.substring(0, arrow), formula.substring(arrow + " -> ".length())))
                .formulas()
                .getFirst();
    }
}
