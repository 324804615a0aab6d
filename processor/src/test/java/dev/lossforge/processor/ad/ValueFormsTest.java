package dev.lossforge.processor.ad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.processor.ir.Derivatives;
import dev.lossforge.processor.ir.ExprText;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.ir.InputValues;
import dev.lossforge.processor.ir.Interpreter;
import dev.lossforge.processor.rewrite.Simplifier;
import dev.lossforge.processor.rewrite.Stabilizer;
import dev.lossforge.processor.testing.DerivativeValues;
import dev.lossforge.processor.testing.SourceReading;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of a value in another form, which keeps its digits, the derivative is that of the form it was written in. */
class ValueFormsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sqrt(1 + square(p)) - 1 | p / hypot(1, p)",
                "sqrt(square(p) + 4) - 2 | p / hypot(p, 2)",
                "sqrt(square(p) + c * c) - c | xdivy(p, hypot(p, c))",
                "c * (sqrt(square(p / c) + 1) - 1) | c·p / c / hypot(p / c, 1) / c",
                "sqrt(1 + exp(p)) - 1 | 0.5 / √(1 + exp(p))·exp(p)"
            })
    void theGradientIsThatOfTheFormula(String formula, String gradient) {
        assertThat(ExprText.of(derivatives(formula).gradient().getFirst().value()))
                .isEqualTo(gradient);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sqrt(1 + square(p)) - 1 | 1e-9 | 5e-19 | 1e-9 | 1",
                "sqrt(square(p) + 4) - 2 | 1e-9 | 2.5e-19 | 5e-10 | 0.5",
                "sqrt(square(p) + c * c) - c | 2e-9 | 2e-18 | 2e-9 | 1",
                "sqrt(square(p) + c * c) - c | 1e200 | 1e200 | 1 | 0"
            })
    void valueGradientAndHessianAreExact(String formula, double p, double value, double gradient, double hessian) {
        Derivatives derivatives = derivatives(formula);
        InputValues at = InputValues.of(Map.of("p", p, "c", 1.0));
        assertThat(new Interpreter(derivatives.formula().exprs(), at).evaluate(derivatives.value()))
                .isCloseTo(value, within(1e-14 * value));
        assertThat(derivative(derivatives, at, 1)).isCloseTo(gradient, within(1e-14 * gradient));
        assertThat(derivative(derivatives, at, 2)).isCloseTo(hessian, within(1e-14));
    }

    private static Derivatives derivatives(String expression) {
        Formula formula = SourceReading.ofMembers(
                        "@Loss(hessian = Hessian.DIAGONAL) static float f(@Prediction float p, @Param(min = 0) float c)"
                                + " { return " + expression + "; }")
                .formula();
        return Simplifier.rewrite(
                ReverseMode.differentiate(Stabilizer.rewrite(formula).formula()));
    }

    private static double derivative(Derivatives derivatives, InputValues at, int order) {
        return DerivativeValues.of(
                        derivatives.formula().exprs(), order == 1 ? derivatives.gradient() : derivatives.hessian(), at)
                .values()
                .iterator()
                .next();
    }
}
