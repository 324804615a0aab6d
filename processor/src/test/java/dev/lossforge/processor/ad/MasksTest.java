package dev.lossforge.processor.ad;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.ir.InputValues;
import dev.lossforge.processor.testing.DerivativeValues;
import dev.lossforge.processor.testing.SourceReading;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A side that is not taken has no part in the gradient, whatever is infinite or NaN there. */
class MasksTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "p > 0 ? sqrt(p) : p | 0 | 1",
                "p > 0 ? (1 / p < 1 ? log(1 / p) : 1 / p) : p | 0 | 1",
                "p > 0 ? (1 / p < 1 ? 1 / p : square(1 / p)) + log(1 / p) : p | 0 | 1",
                "p > 0 ? (1 / p < 1 ? 1 / p : square(1 / p)) + log(1 / p) : p | 0.5 | -18",
                "p > 0 ? (1 / p < 1 ? 1 / p : square(1 / p)) + (1 / p > 3 ? 1 / p : 0) : p | 0 | 1",
                "p > 0 ? max(1 / p, 2) + max(1 / p, 1) : p | 0 | 1",
                "p > 0 ? max(1 / p, 2) + max(1 / p, 1) : p | 0.25 | -32",
                "exp(log(0 * stopGradient(p)) / p) | 2 | 0",
                "exp(log(0 * stopGradient(p)) / p) * p | 2 | 0",
                "exp(-2 * square(p + log(0 * stopGradient(p)))) | 2 | 0"
            })
    void hasNoPart(String formula, double p, double gradient) {
        assertThat(gradient(formula, p)).isEqualTo(gradient);
    }

    /** The slope of {@code √p} is infinite at 0, that of a sum in which it is written as a power of e has no value. */
    @ParameterizedTest
    @ValueSource(strings = {"exp(logSumExp(2, i -> 0.5f * log(p))) + 1"})
    void inventsNoZero(String formula) {
        assertThat(gradient(formula, 0)).isNaN();
    }

    @ParameterizedTest
    @ValueSource(strings = {"max(p, 2) / (p - 4) + min(p, 3) * exp(p)", "p > 0 ? max(1 / p, 2) : p * max(p, 0)"})
    void letsNanPass(String formula) {
        assertThat(gradient(formula, Double.NaN)).isNaN();
    }

    private static double gradient(String expression, double p) {
        Formula formula = SourceReading.ofMembers(
                        "@Loss static float masked(@Prediction float p) { return " + expression + "; }")
                .formula();
        InputValues at = InputValues.of(Map.of("p", p));
        return DerivativeValues.of(
                        formula.exprs(), ReverseMode.differentiate(formula).gradient(), at)
                .values()
                .iterator()
                .next();
    }
}
