package dev.lossforge.processor.rewrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.processor.ad.ReverseMode;
import dev.lossforge.processor.ir.Derivatives;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.ExprNodes;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.InputValues;
import dev.lossforge.processor.ir.Interpreter;
import dev.lossforge.processor.testing.DerivativeValues;
import dev.lossforge.processor.testing.SourceReading;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reductions of a few values are written out beside other loops, and mean the same. */
class ShortReductionsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sum(p.length, i -> sum(2, k -> k == 0 ? square(p[i] - y[i]) : abs(p[i] - y[i])))",
                "sum(3, q -> mean(p.length, i -> max(0.25f * (q + 1) * (y[i] - p[i]), 0.25f * (q - 3) * (y[i] -"
                        + " p[i]))))",
                "mean(p.length, i -> max(3, k -> (k - 1) * p[i] + square(y[i] - k)))",
                "mean(p.length, i -> min(4, k -> square(p[i] - y[i] + k - 1.5f)))",
                "sum(p.length, i -> square(sum(4, k -> pow(p[i], k) / (k + 1)) - y[i]))",
                "sum(p.length - 2, i -> square(mean(3, k -> p[i + k] - y[i + k])))",
                "-sum(p.length, i -> logSumExp(3, k -> -square(p[i] - (k - 1) * y[i])))",
                "sum(p.length, i -> p[i] * argMin(4, k -> abs(y[i] - k)))",
                "sum(p.length, i -> square(p[i] - argMax(3, k -> k == 1 ? sqrt(y[i] - 1) : y[i] * k)))",
                "sum(p.length, i -> log(prod(3, k -> sigmoid(p[i] + k))) * y[i])",
                "sum(p.length / 4, i -> max(4, k -> square(p[4 * i + k] - y[4 * i + k])))",
                "sum(p.length, i -> norm(vector(3, k -> p[i] - k * y[i])))",
                "sum(2, k -> p[k] * sum(y.length, i -> square(y[i] - p[k + 2])))"
            })
    void areWrittenOut(String formula) {
        Derivatives split = split("float[] p, @Target float[] y", formula);
        double[] p = {0.3, 1.7, -0.4, 0.9, 2.2, 0.1, -1.3, 0.8};
        double[] y = {0.5, 2.6, 1.2, 1.9, 0.2, 3.4, 1.1, 0.7};
        areWrittenOut(split, InputValues.of(Map.of("p", p, "y", y)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sum(p.length, i -> sqrt(sum(3, k -> square(p[i][k] - y[i][k])) + 0.01f))",
                "sum(p.length, i -> prod(2, k -> p[i][k + 2] - p[i][k]) * y[i][0])",
                "sum(p.length, i -> sum(p.length, j -> exp(-sum(2, k -> abs(p[i][k] - p[j][k])))))"
            })
    void ofColumnsAreWrittenOut(String formula) {
        SplittableRandom random = new SplittableRandom(7);
        double[][] p = new double[5][4];
        double[][] y = new double[5][4];
        for (int i = 0; i < 5; i++) {
            p[i] = random.doubles(4).toArray();
            y[i] = random.doubles(4).toArray();
        }
        areWrittenOut(split("float[][] p, @Target float[][] y", formula), InputValues.of(Map.of("p", p, "y", y)));
    }

    /** The only loop, long ones, and those with much in them are left alone. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "sum(3, k -> square(p[k] - y[k]))",
                "sum(p.length, i -> sum(9, k -> square(p[i] - k * y[i])))",
                "sum(p.length, i -> sum(8, k -> lgamma(exp(sin(cos(tanh(log1p(square(p[i] - k) + k * y[i]) / (k + 1))"
                        + " * k) + k) * k) + k)))"
            })
    void othersStay(String formula) {
        Derivatives expanded = LogSumExpExpansion.rewrite(split("float[] p, @Target float[] y", formula));
        assertThat(ShortReductions.rewrite(expanded).value()).isSameAs(expanded.value());
    }

    private static void areWrittenOut(Derivatives split, InputValues at) {
        Derivatives written = LoopForm.rewrite(split);
        Exprs exprs = split.formula().exprs();
        assertThat(ExprNodes.anyMatch(
                        written.expressions(),
                        n -> n instanceof Expr.Reduce r && r.index().extent() instanceof Expr.IntConstant))
                .isFalse();
        double expected = new Interpreter(exprs, at).evaluate(split.value());
        assertThat(new Interpreter(exprs, at).evaluate(written.value())).isCloseTo(expected, within(1e-12));
        Map<String, Double> gradient = DerivativeValues.of(exprs, split.gradient(), at);
        Map<String, Double> found = DerivativeValues.of(exprs, written.gradient(), at);
        gradient.forEach((entry, value) ->
                assertThat(found.getOrDefault(entry, 0.0)).as(entry).isCloseTo(value, within(1e-12)));
    }

    private static Derivatives split(String inputs, String formula) {
        return LogSumExpSplitter.rewrite(Simplifier.rewrite(ReverseMode.differentiate(
                Stabilizer.rewrite(SourceReading.ofMembers("@Loss static float f(@Prediction %s) { return %s; }"
                                        .formatted(inputs, formula))
                                .formula())
                        .formula())));
    }
}
