package dev.lossforge.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.JavaFileObjects;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.ir.InputValues;
import dev.lossforge.processor.ir.Interpreter;
import dev.lossforge.processor.loop.LoopNest;
import dev.lossforge.processor.testing.CompiledClasses;
import dev.lossforge.processor.testing.Javac;
import dev.lossforge.processor.testing.OperationTally;
import dev.lossforge.processor.testing.SourceReading;
import dev.lossforge.runtime.loss.LossFunction;
import dev.lossforge.runtime.loss.LossInputs;
import dev.lossforge.runtime.loss.LossResult;
import dev.lossforge.runtime.loss.Reduction;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Orders at their edges, and what they cost. */
class OrderTest {

    private static final String SOURCE = """
            package sample;
            import static dev.lossforge.dsl.Formulas.*;
            import dev.lossforge.dsl.*;
            class Orders {
              @Loss static float places(@Prediction float[] p, @Target float[] y) {
                int[] order = argSort(y);
                int[] rank = rank(y.length, i -> -y[i]);
                return sum(p.length, k -> p[k] * (order[k] + 100 * rank[k]));
              }
              @Loss static float transport(@Prediction float[] p, @Target float[] y) {
                int[] a = argSort(p);
                int[] b = argSort(y);
                return sum(p.length, k -> (k + 1) * square(p[a[k]] - y[b[k]]));
              }
              @Loss static float inOrder(@Prediction float[] p, @Target float[] y) {
                int[] order = argSort(y);
                return sum(p.length, k -> square(sum(k + 1, j -> p[order[j]]) / (k + 1)));
              }
              @Loss static float byRank(@Prediction float[] p, @Target float[] y) {
                int[] order = argSort(y);
                int[] rank = rank(y);
                return sum(p.length, i -> square(p[i] - sum(rank[i] + 1, j -> square(p[order[j]]))));
              }
              @Loss(hessian = Hessian.DIAGONAL) static float curved(@Prediction float[] p, @Target float[] y) {
                int[] order = argSort(y);
                return sum(p.length, k -> exp(p[order[k]]) / (k + 1));
              }
              @Loss static float shorter(@Prediction float[] p, @Target float[] y) {
                int[] order = argSort(p.length - 1, i -> p[i + 1] - p[i]);
                return sum(order.length, k -> (k + 1) * p[order[k]]) + (order.length > 0 ? p[order[0]] : 0f);
              }
            }
            """;

    private static final List<Formula> FORMULAS = SourceReading.ofFiles(SOURCE).formulas();
    private static final CompiledClasses CLASSES = compiled();

    private static CompiledClasses compiled() {
        Compilation compilation = Javac.compiler()
                .withProcessors(new LossforgeProcessor())
                .compile(JavaFileObjects.forSourceString("sample.Orders", SOURCE));
        assertThat(compilation.errors()).isEmpty();
        return new CompiledClasses(compilation);
    }

    private static Formula formula(String name) {
        return FORMULAS.stream()
                .filter(f -> f.methodName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static LossFunction loss(String name) throws ReflectiveOperationException {
        return CLASSES.create(LossFunction.class, "sample." + formula(name).className());
    }

    static Stream<float[]> keys() {
        float nan = Float.NaN;
        float infinity = Float.POSITIVE_INFINITY;
        return Stream.of(
                new float[] {3},
                new float[] {2, 1},
                new float[] {1, 1, 1, 1, 1},
                new float[] {nan, 1, nan, 0},
                new float[] {0, -0f, 0, -0f, -Float.MIN_VALUE, Float.MIN_VALUE},
                new float[] {infinity, nan, -infinity, Float.MAX_VALUE, -infinity, Float.intBitsToFloat(0xffffffff)});
    }

    /** All numbers are whole, so that nothing is rounded. */
    @ParameterizedTest
    @MethodSource("keys")
    void javaTheInterpreterAndTheKernelAgreeOnEveryPlace(float[] y) throws ReflectiveOperationException {
        float[] p = floats(y.length, i -> 1 << 2 * i);
        float expected = (float) CLASSES.method("sample.Orders", "places").invoke(null, p, y);
        Map<String, double[]> values = Map.of("p", doubles(p), "y", doubles(y));
        Formula formula = formula("places");
        assertThat(new Interpreter(formula.exprs(), InputValues.of(values)).evaluate(formula.value()))
                .isEqualTo(expected);
        LossInputs inputs = LossInputs.of(Tensor.matrix(p), Tensor.matrix(y));
        assertThat(loss("places").value(inputs, Reduction.SUM)).isEqualTo(expected);
    }

    @Test
    void anOrderMayBeEmpty() throws ReflectiveOperationException {
        LossInputs inputs = LossInputs.of(Tensor.matrix(new float[] {5}), Tensor.matrix(new float[] {5}));
        LossResult result = loss("shorter").valueAndGradients(inputs, Reduction.SUM);
        assertThat(result.value()).isZero();
        assertThat(result.gradient().array()).containsExactly(0);
    }

    @ParameterizedTest
    @MethodSource("linear")
    void valueAndGradientGrowAsSortingDoes(String name) {
        LoopNest nest = OperationTally.nest(formula(name));
        OperationTally small = OperationTally.of(nest, 1, 50);
        OperationTally large = OperationTally.of(nest, 1, 400);
        assertThat((double) large.value() / small.value()).isLessThan(8 * 9.0 / 6);
        assertThat((double) large.gradient() / small.gradient()).isLessThan(8 * 9.0 / 6);
        assertThat((double) large.hessian() / small.hessian()).isLessThan(8 * 9.0 / 6);
        assertThat((double) large.gradient() / large.value()).isLessThan(5);
    }

    static Stream<String> linear() {
        return Stream.of("places", "transport", "inOrder", "byRank", "curved");
    }

    @Test
    void aRowMayBeLong() throws ReflectiveOperationException {
        int n = 100_000;
        SplittableRandom random = new SplittableRandom(1);
        float[] p = floats(n, i -> random.nextInt(1000));
        float[] y = floats(n, i -> random.nextInt(1000));
        Integer[] a = order(p);
        Integer[] b = order(y);
        LossInputs inputs = LossInputs.of(Tensor.matrix(p), Tensor.matrix(y));
        LossResult result = loss("transport").valueAndGradients(inputs, Reduction.SUM);
        float[] expected = new float[n];
        for (int k = 0; k < n; k++) {
            expected[a[k]] = 2 * (k + 1) * (p[a[k]] - y[b[k]]);
        }
        assertThat(result.gradient().array()).usingComparatorWithPrecision(1f).containsExactly(expected);
        assertThat(loss("inOrder")
                        .valueAndGradients(inputs, Reduction.SUM)
                        .gradient()
                        .array())
                .doesNotContain(Float.NaN);
    }

    private static Integer[] order(float[] keys) {
        return IntStream.range(0, keys.length)
                .boxed()
                .sorted((i, j) -> Float.compare(keys[i], keys[j]))
                .toArray(Integer[]::new);
    }

    private static float[] floats(int n, IntUnaryOperator entry) {
        float[] row = new float[n];
        for (int i = 0; i < n; i++) {
            row[i] = entry.applyAsInt(i);
        }
        return row;
    }

    private static double[] doubles(float[] row) {
        return IntStream.range(0, row.length).mapToDouble(i -> row[i]).toArray();
    }
}
