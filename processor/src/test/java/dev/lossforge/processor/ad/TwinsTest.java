package dev.lossforge.processor.ad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.processor.ir.Contribution;
import dev.lossforge.processor.ir.Derivatives;
import dev.lossforge.processor.ir.InputValues;
import dev.lossforge.processor.ir.Interpreter;
import dev.lossforge.processor.testing.DerivativeValues;
import dev.lossforge.processor.testing.SourceReading;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is computed for each of two indices over the same entries is differentiated once. */
class TwinsTest {
    private static final double STEP = 1e-6;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sum(p.length, i -> sum(p.length, j -> y[i] * y[j] * exp(-abs(tanh(p[i]) - tanh(p[j])))))",
                "logSumExp(p.length, i -> logSumExp(p.length, j -> y[i] > y[j] ? sin(p[j]) - sin(p[i]) : -9f))",
                "sum(p.length, i -> sum(p.length, j -> sigmoid(p[i]) > sigmoid(p[j]) ? sigmoid(p[i]) * y[j] : 0f))",
                "sum(p.length, i -> exp(p[i]) * y[i]) / sum(p.length, i -> sum(p.length, j -> exp(p[i] + p[j]) *"
                        + " y[j]))",
                "sum(p.length, i -> sum(i + 1, j -> exp(p[i]) * y[j]) * sum(p.length, j -> exp(p[j])))"
            })
    void areDifferentiatedOnce(String formula) {
        Derivatives derivatives = derivatives(formula);
        assertThat(derivatives.gradient()).hasSize(1);
        isTheDerivative(derivatives);
    }

    /** Indices over other entries are others. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "sum(p.length, i -> sum(p.length - 1, j -> y[i] * y[j] * exp(-abs(tanh(p[i]) - tanh(p[j])))))",
                "sum(p.length, i -> sum(p.length - 1, j -> sin(p[i]) * sin(p[j + 1])))"
            })
    void othersAreNot(String formula) {
        Derivatives derivatives = derivatives(formula);
        assertThat(derivatives.gradient()).hasSize(2);
        isTheDerivative(derivatives);
    }

    private static Derivatives derivatives(String formula) {
        return ReverseMode.differentiate(SourceReading.ofMembers(
                        "@Loss static float f(@Prediction float[] p, @Target float[] y) { return " + formula + "; }")
                .formula());
    }

    private static void isTheDerivative(Derivatives derivatives) {
        double[] p = {0.3, 1.7, -0.4, 0.9, 0.1};
        Map<String, Double> gradient =
                DerivativeValues.of(derivatives.formula().exprs(), derivatives.gradient(), inputs(p));
        Contribution any = derivatives.gradient().getFirst();
        for (int i = 0; i < p.length; i++) {
            double[] above = p.clone();
            double[] below = p.clone();
            above[i] += STEP;
            below[i] -= STEP;
            double slope = (value(derivatives, above) - value(derivatives, below)) / (2 * STEP);
            assertThat(gradient.get(DerivativeValues.key(any.input(), i))).isCloseTo(slope, within(1e-7));
        }
    }

    private static double value(Derivatives derivatives, double[] p) {
        return new Interpreter(derivatives.formula().exprs(), inputs(p)).evaluate(derivatives.value());
    }

    private static InputValues inputs(double[] p) {
        return InputValues.of(Map.of("p", p, "y", new double[] {0.5, 2.6, 1.2, 1.9, 0.2}));
    }
}
