package dev.lossforge.processor.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lossforge.processor.ad.ReverseMode;
import dev.lossforge.processor.ir.ExprText;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.ir.InputValues;
import dev.lossforge.processor.ir.Interpreter;
import dev.lossforge.processor.testing.SourceReading;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Operations on one operand twice keep their values, those at infinity and NaN too. */
class SameOperandsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "p - p ; 0·p",
                "p < p ? 1 : p ; p",
                "p > p ? 1 : p ; p",
                "p <= p ? 1 : p ; (p <= p ? 1 : p)",
                "p == p ? 1 : p ; (p == p ? 1 : p)",
                "p > 0 && p > 0 ? 1 : p ; (p > 0 ? 1 : p)",
                "p > 0 || p > 0 ? 1 : p ; (p > 0 ? 1 : p)"
            })
    void keepTheirValues(String expression, String expected) {
        Formula formula = SourceReading.ofMembers(
                        "@Loss static float same(@Prediction float p) { return " + expression + "; }")
                .formula();
        Formula simple = Simplifier.rewrite(ReverseMode.differentiate(formula)).formula();
        assertThat(ExprText.of(simple.value())).isEqualTo(expected);
        for (double p : new double[] {0, -2, 3, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            InputValues at = InputValues.of(Map.of("p", p));
            assertThat(new Interpreter(simple.exprs(), at).evaluate(simple.value()) + 0.0)
                    .as("%s at %s", expression, p)
                    .isEqualTo(Double.valueOf(new Interpreter(formula.exprs(), at).evaluate(formula.value())));
        }
    }
}
