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

/** A choice that an outer one decides goes, and only such a one: NaN is not ordered. */
class KnownConditionsTest {
    private static final double[] VALUES = {0, -2, 3, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "p > q ? (p > q ? 1 : p) : q ; (p > q ? 1 : q)",
                "p > q ? p : (p > q ? 1 : q) ; (p > q ? p : q)",
                "p > q ? (q < p ? 1 : p) : q ; (p > q ? 1 : q)",
                "p > q ? (q <= p ? 1 : p) : q ; (p > q ? 1 : q)",
                "p >= q ? (p > q ? 1 : p) : q ; (p >= q ? (p > q ? 1 : p) : q)",
                "p > q ? (q > p ? 1 : p) : q ; (p > q ? p : q)",
                "p == q ? (p > q ? 1 : p) : q ; (p == q ? p : q)",
                "p == q ? (p >= q ? 1 : p) : q ; (p == q ? 1 : q)",
                "p != q ? (p == q ? 1 : p) : 2 ; (p != q ? p : 2)",
                "p == q ? p : (p != q ? 1 : q) ; (p == q ? p : 1)",
                "p > q ? p : (p <= q ? 1 : q) ; (p > q ? p : (p <= q ? 1 : q))",
                "p > q ? p : (p < q ? 1 : q) ; (p > q ? p : (p < q ? 1 : q))",
                "p > 0 && q > 0 ? (p > 0 ? 1 : p) : q ; ((p > 0) ∧ (q > 0) ? 1 : q)",
                "p > 0 && q > 0 ? p : (p > 0 ? 1 : q) ; ((p > 0) ∧ (q > 0) ? p : (p > 0 ? 1 : q))",
                "p > 0 || q > 0 ? p : (p > 0 ? 1 : q) ; ((p > 0) ∨ (q > 0) ? p : q)",
                "p > 0 || q > 0 ? (p > 0 ? 1 : p) : q ; ((p > 0) ∨ (q > 0) ? (p > 0 ? 1 : p) : q)",
                "p > 0 ? (p > 0 && q > 0 ? 1 : p) : q ; (p > 0 ? (q > 0 ? 1 : p) : q)",
                "p > 0 ? p : (p > 0 || q > 0 ? 1 : q) ; (p > 0 ? p : (q > 0 ? 1 : q))",
                "p > q ? (q > 0 ? (p > q ? 1f : 2f) : 3f) : q ; (p > q ? (q > 0 ? 1 : 3) : q)",
                "!(p > q) ? p : q ; (p > q ? q : p)",
                "n > 0 ? p : (n <= 0 ? 1 : q) ; (n > 0 ? p : 1)",
                "p == 0 ? q : xlogy(p, q) - 2 * p ; (p == 0 ? q : p·log(q) − 2·p)",
                "p != 0 ? xlogy(p, q) : q ; (p != 0 ? p·log(q) : q)",
                "q == 0 ? 0 : xlogy(p, q) ; (q == 0 ? 0 : xlogy(p, q))",
                "p > 1 ? xlogy(p, q) : q ; (p > 1 ? xlogy(p, q) : q)"
            })
    void decideChoicesWithin(String expression, String expected) {
        Formula formula = SourceReading.ofMembers("@Loss static float known(@Prediction float p, @Prediction float q,"
                        + " @Target int n) { return " + expression + "; }")
                .formula();
        Formula simple = Simplifier.rewrite(ReverseMode.differentiate(formula)).formula();
        assertThat(ExprText.of(simple.value())).isEqualTo(expected);
        for (double p : VALUES) {
            for (double q : VALUES) {
                for (double n : new double[] {-1, 0, 1}) {
                    InputValues at = InputValues.of(Map.of("p", p, "q", q, "n", n));
                    assertThat(new Interpreter(simple.exprs(), at).evaluate(simple.value()))
                            .as("%s at %s, %s", expression, p, q)
                            .isEqualTo(Double.valueOf(new Interpreter(formula.exprs(), at).evaluate(formula.value())));
                }
            }
        }
    }
}
