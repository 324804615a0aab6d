package dev.lossforge.processor.rewrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.processor.ad.ReverseMode;
import dev.lossforge.processor.ir.Derivatives;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.ir.InputValues;
import dev.lossforge.processor.testing.DerivativeValues;
import dev.lossforge.processor.testing.SourceReading;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Second derivatives of log-sum-exps keep their digits where one share is nearly 1, however the logits are scaled. */
class ExponentialComplementTest {
    private static final double GREAT = 40;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "logSumExp(z) - z[0]",
                "logSumExp(z.length, i -> 1f * z[i])",
                "-log(softmax(z)[0])",
                "part(\"a\", logSumExp(z)) - 0.5f * z[1]"
            })
    void ofUnscaledLogits(String value) {
        assertThat(hessian(value)).isCloseTo(Math.exp(-GREAT), within(1e-12 * Math.exp(-GREAT)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "logSumExp(z.length, i -> s * z[i]) / s / s",
                "logSumExp(z.length, i -> s * (i == 0 ? z[i] - 0f : z[i])) / (s * s)",
                "logSumExp(z.length, i -> z[i] / s) * s * s",
                "s * logSumExp(z) / s"
            })
    void ofScaledLogits(String value) {
        double scale = value.contains("s * z") || value.contains("s * (") ? 2 : value.contains("/ s)") ? 0.5 : 1;
        double expected = Math.exp(-GREAT * scale) / Math.pow(1 + Math.exp(-GREAT * scale), 2);
        assertThat(hessian(value)).isCloseTo(expected, within(1e-12 * expected));
    }

    private static double hessian(String value) {
        Formula formula =
                SourceReading.ofMembers("""
                    @Loss(hessian = Hessian.DIAGONAL)
                    static float formula(@Prediction float[] z, @Param float s) {
                        return %s + 0f * s;
                    }
                    """.formatted(value)).formulas().getFirst();
        Derivatives simple = Simplifier.rewrite(
                ReverseMode.differentiate(Stabilizer.rewrite(formula).formula()));
        Derivatives precise = LogSumExpExpansion.rewrite(LogSumExpSplitter.rewrite(simple)); // exact sums of the others
        InputValues inputs = InputValues.of(Map.of("z", new double[] {GREAT, 0}, "s", 2.0));
        return DerivativeValues.of(formula.exprs(), precise.hessian(), inputs).get("z[0]");
    }
}
