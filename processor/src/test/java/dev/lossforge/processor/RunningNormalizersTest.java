package dev.lossforge.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import com.google.testing.compile.JavaFileObjects;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.ir.Scope;
import dev.lossforge.processor.loop.LoopNest;
import dev.lossforge.processor.testing.CompiledClasses;
import dev.lossforge.processor.testing.OperationTally;
import dev.lossforge.processor.testing.SourceReading;
import dev.lossforge.runtime.loss.LossFunction;
import dev.lossforge.runtime.loss.LossInputs;
import dev.lossforge.runtime.loss.LossResult;
import dev.lossforge.runtime.loss.Reduction;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Log-sum-exps of the first or last entries of a sequence, in each of their spellings: one pass, and right. */
class RunningNormalizersTest {
    /** Each with {@code Σ w[k]·(logΣexp − z[k])} of the last entries, in the order that its name says. */
    private static final String SOURCE = """
            package sample;
            import static dev.lossforge.dsl.Formulas.*;
            import dev.lossforge.dsl.*;
            @SuppressWarnings("FormulaDomain") // the tests give infinite entries
            class Normalizers {
              @Loss static float shifted(@Prediction float[] z, @Target float[] w) {
                return sum(z.length, k ->
                    (w[k] == 0 ? 0 : w[k] * (logSumExp(z.length - k, j -> z[k + j]) - z[k])));
              }
              @Loss static float masked(@Prediction float[] z, @Target float[] w) {
                return sum(z.length, k ->
                    (w[k] == 0 ? 0 : w[k] * (logSumExp(z.length, j -> j < k ? Float.NEGATIVE_INFINITY : z[j]) - z[k])));
              }
              @Loss static float counted(@Prediction float[] z, @Target float[] w) {
                int last = z.length - 1;
                return sum(z.length, k ->
                    (w[last - k] == 0 ? 0 : w[last - k] * (logSumExp(k + 1, j -> z[last - j]) - z[last - k])));
              }
              @Loss static float backwards(@Prediction float[] z, @Target float[] w) {
                int last = z.length - 1;
                return sum(z.length, k ->
                    (w[last - k] == 0 ? 0 : w[last - k] * (logSumExp(k + 1, j -> z[last - k + j]) - z[last - k])));
              }
              @Loss static float sorted(@Prediction float[] z, @Target float[] w) {
                int[] order = argSort(z.length, i -> 1f * i);
                return sum(z.length, k ->
                    (w[order[k]] == 0 ? 0 : w[order[k]] * (logSumExp(z.length - k, j -> z[order[j + k]]) - z[order[k]])));
              }
              @Loss static float sortedCounted(@Prediction float[] z, @Target float[] w) {
                int[] order = argSort(z.length, i -> -1f * i);
                return sum(z.length, k ->
                    (w[order[k]] == 0 ? 0 : w[order[k]] * (logSumExp(k + 1, j -> z[order[j]]) - z[order[k]])));
              }
              @Loss static float ofTheBatch(@Prediction float[][] z, @Target float[][] w) {
                return sum(z.length, k ->
                    (w[k][0] == 0 ? 0 : w[k][0] * (logSumExp(z.length - k, j -> z[k + j][0]) - z[k][0])));
              }
            }
            """;

    private static final CompiledClasses CLASSES = compiled();

    private static CompiledClasses compiled() {
        Compilation compilation = Compiler.javac()
                .withProcessors(new LossforgeProcessor())
                .compile(JavaFileObjects.forSourceString("sample.Normalizers", SOURCE));
        assertThat(compilation.errors()).isEmpty();
        return new CompiledClasses(compilation);
    }

    private static final List<Formula> FORMULAS = SourceReading.ofFiles(SOURCE).formulas();
    private static final List<String> NAMES =
            FORMULAS.stream().map(Formula::className).toList();

    static Stream<Arguments> rows() {
        return NAMES.stream()
                .flatMap(name -> Stream.of(1, 2, 3, 20, 70, 700)
                        .flatMap(n -> Stream.of(1.0, 30.0, 1e4).map(spread -> Arguments.of(name, n, spread))));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void valueAndGradientAreThoseOfTheDefinition(String name, int n, double spread)
            throws ReflectiveOperationException {
        SplittableRandom random = new SplittableRandom(n);
        float[] z = new float[n];
        float[] w = new float[n];
        for (int i = 0; i < n; i++) {
            z[i] = i % 7 == 3 ? z[i - 1] : (float) random.nextDouble(-spread, spread); // ties, too
            w[i] = i % 5 == 2 ? 0 : random.nextFloat();
        }
        check(name, z, w);
    }

    static Stream<Arguments> infinities() {
        float low = Float.NEGATIVE_INFINITY;
        return NAMES.stream()
                .flatMap(name -> Stream.of(
                                new float[] {1, low, 2, 1, low, 3},
                                new float[] {0, 0, 0, 0},
                                new float[] {100, 0, -100, 50},
                                new float[] {20, 0, 0},
                                new float[] {-1e38f, 1e38f, 0, -1e38f})
                        .map(z -> Arguments.of(name, z)));
    }

    @ParameterizedTest
    @MethodSource("infinities")
    void edgesAreThoseOfTheDefinition(String name, float[] z) throws ReflectiveOperationException {
        float[] w = new float[z.length];
        for (int i = 0; i < w.length; i++) {
            w[i] = Float.isInfinite(z[i]) ? 0 : 1;
        }
        check(name, z, w);
    }

    private static void check(String name, float[] z, float[] w) throws ReflectiveOperationException {
        int n = z.length;
        double value = 0;
        double[] gradient = new double[n];
        for (int k = 0; k < n; k++) {
            double max = Double.NEGATIVE_INFINITY;
            for (int j = k; j < n; j++) {
                max = Math.max(max, z[j]);
            }
            double sum = 0;
            for (int j = k; j < n; j++) {
                sum += Math.exp(z[j] - max);
            }
            value += w[k] == 0 ? 0 : w[k] * (max - z[k] + Math.log(sum));
            gradient[k] -= w[k];
            for (int j = k; j < n; j++) {
                gradient[j] += w[k] * Math.exp(z[j] - max) / sum;
            }
        }
        boolean batch = name.equals("OfTheBatchLoss");
        LossFunction loss = CLASSES.create(LossFunction.class, "sample." + name);
        LossResult result = loss.valueAndGradients(LossInputs.of(tensor(z, batch), tensor(w, batch)), Reduction.SUM);
        double size = Arrays.stream(gradient).map(Math::abs).max().orElse(0);
        assertThat(result.value()).isCloseTo(value, within(2e-6 * Math.abs(value)));
        float[] actual = result.gradient().array();
        for (int k = 0; k < n; k++) {
            assertThat((double) actual[k]).isCloseTo(gradient[k], within(2e-6 * size + 1e-37));
        }
    }

    private static Tensor tensor(float[] entries, boolean asColumn) {
        float[][] rows = new float[entries.length][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new float[] {entries[i]};
        }
        return asColumn ? Tensor.matrix(rows) : Tensor.matrix(entries);
    }

    static Stream<Formula> formulas() {
        return FORMULAS.stream();
    }

    /** But for sorting. */
    @ParameterizedTest
    @MethodSource("formulas")
    void timeIsLinear(Formula formula) {
        LoopNest nest = OperationTally.nest(formula);
        boolean batch = formula.scope() == Scope.BATCH;
        OperationTally once = OperationTally.of(nest, batch ? 100 : 1, batch ? 1 : 100);
        OperationTally twice = OperationTally.of(nest, batch ? 200 : 1, batch ? 1 : 200);
        assertThat((double) twice.gradient() / once.gradient()).isLessThan(2.3);
        assertThat((double) twice.value() / once.value()).isLessThan(2.3);
        assertThat((double) twice.gradient() / twice.value()).isLessThan(5);
    }
}
