package dev.lossforge.processor.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.testing.OperationTally;
import dev.lossforge.processor.testing.SourceReading;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Value and gradients of scans take time linear in the steps, and in the entries of a state that touch few others. */
class ScanCostTest {

    static List<Formula> linear() {
        return SourceReading.ofMembers("""
                @Loss static float average(@Prediction float[] p, @Target float[] y) {
                  float[] s = scan(p.length, 0f, (i, state) -> 0.9f * state + tanh(state + p[i]));
                  return sum(p.length, i -> square(s[i] - y[i]));
                }

                @Loss static float backwards(@Prediction float[] p, @Target float[] y) {
                  int n = p.length;
                  float[] s = scan(n, 0f, (i, later) -> y[n - 1 - i] * sin(p[n - 1 - i]) + 0.9f * later);
                  return sum(n, i -> p[i] * s[n - 1 - i]);
                }

                @Loss static float feeding(@Prediction float[] p) {
                  float[] a = scan(p.length, 0f, (i, s) -> 0.5f * s + sigmoid(p[i]));
                  float[] b = scan(p.length, 1f, (i, s) -> s * cos(a[i]) + (i > 0 ? a[i - 1] : 0f));
                  return sum(b);
                }

                @Loss static float ofRows(@Prediction float[][] p) {
                  return sum(p.length, r -> square(fold(p[0].length, 0f, (i, s) -> tanh(s + p[r][i]))));
                }

                @Loss static float pairOfStates(@Prediction float[] p) {
                  float[] last = fold(p.length, new float[] {1f, 0f}, (i, s) -> new float[] {cos(s[1]) + p[i], sin(s[0])});
                  return last[0] * last[1];
                }
                """).formulas();
    }

    static List<Formula> quadratic() {
        return SourceReading.ofMembers("""
                @Loss static float banded(@Prediction float[] p) {
                  float[] last = fold(p.length, p, (i, s) ->
                      vector(p.length, k -> 0.5f * s[k] + (k > 0 ? sin(s[k - 1] + p[i]) : 0f)));
                  return sum(last);
                }

                @Loss static float alignment(@Prediction float[] p, @Target float[] y) {
                  float[] last = fold(p.length, vector(y.length, j -> 1f * j), (i, row) -> scan(y.length, 1f * i, (j, left) ->
                      square(p[i] - y[j]) - logSumExp(3, c -> c == 0 ? -left : c == 1 ? -row[j] : j > 0 ? -row[j - 1] : 0f)));
                  return last[y.length - 1];
                }

                @Loss static float normalised(@Prediction float[] p) {
                  float[] last = fold(p.length, p, (i, s) -> {
                    float total = logSumExp(s);
                    return vector(p.length, k -> s[k] * p[i] - total);
                  });
                  return sum(last);
                }
                """).formulas();
    }

    @ParameterizedTest
    @MethodSource("linear")
    void timeIsLinearInTheSteps(Formula formula) {
        assertThat(growth(formula)).isLessThan(1.1);
    }

    @ParameterizedTest
    @MethodSource("quadratic")
    void timeIsLinearInTheStepsTimesTheEntries(Formula formula) {
        assertThat(growth(formula)).isLessThan(2.1);
    }

    private static double growth(Formula formula) {
        LoopNest nest = OperationTally.nest(formula);
        long once = OperationTally.of(nest, 4, 16).gradient();
        long twice = OperationTally.of(nest, 4, 32).gradient();
        return Math.log((double) twice / once) / Math.log(2);
    }
}
