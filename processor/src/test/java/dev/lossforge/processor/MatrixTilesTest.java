package dev.lossforge.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.processor.testing.CompiledClasses;
import dev.lossforge.processor.testing.SourceReading;
import dev.lossforge.runtime.loss.LossFunction;
import dev.lossforge.runtime.loss.LossInputs;
import dev.lossforge.runtime.loss.LossResult;
import dev.lossforge.runtime.loss.Reduction;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Losses of matrices whose samples are lanes of vectors. One sample alone is never a lane, so a batch must give what
 * its samples give alone. Sums have at most 100 terms, so they differ by at most 1e-5 of their largest numbers.
 */
class MatrixTilesTest {

    private static final int ROWS = 9;
    private static final int COLUMNS = 5;

    /** Several tiles of 64, and a last one that is not full. */
    private static final int SAMPLES = 203;

    /** The sample whose weight is 0. */
    private static final int IGNORED = 70;

    private static final double BOUND = 1e-5;

    private static final CompiledClasses CLASSES = new CompiledClasses(
            SourceReading.withKernels(SourceReading.file("Losses", """
                    @Loss(scope = Scope.SAMPLE)
                    static float jumps(@Prediction float[][] z, @Target int[] label) {
                      float[] norm = vector(z.length, t -> logSumExp(z[t]));
                      return sum(z.length, t -> norm[t] - z[t][label[t]])
                          + sum(z.length - 1, t -> sum(z[0].length, k -> min(square(z[t + 1][k] - norm[t + 1] - z[t][k]), 4f)));
                    }

                    @Loss(scope = Scope.SAMPLE)
                    static float chain(@Prediction float[][] z, @Target int[] label, @Param(trainable = true) float[] step) {
                      float[] last = fold(z.length, vector(z[0].length, k -> 0f), (t, s) ->
                          vector(z[0].length, k -> z[t][k] + logSumExp(z[0].length, l -> s[l] - step[l] * abs(k - l))));
                      return logSumExp(last) - sum(z.length, t -> z[t][label[t]]);
                    }

                    @Loss(scope = Scope.SAMPLE, hessian = Hessian.DIAGONAL)
                    static float neighbours(@Prediction float[][] z, @Target int[] label) {
                      return sum(z.length, i -> sum(z[0].length, j ->
                          i > 0 && j > 0 && label[i] > 0 ? sqrt(square(z[i][j] - z[i - 1][j - 1]) + 1f) : square(z[i][j])));
                    }

                    @Loss(scope = Scope.SAMPLE)
                    static float windows(@Prediction float[][] z, @Target int[] label) {
                      return sum(z.length - 2, i -> sum(z[0].length - 2, j ->
                          log(1 + square(sum(3, k -> sum(3, l -> z[i + k][j + l])) - label[i])) * max(z[i])));
                    }
                    """)).compilation());

    private final SplittableRandom random = new SplittableRandom(5);

    static Stream<LossFunction> losses() {
        return Stream.of(
                CLASSES.create(LossFunction.class, "sample.JumpsLoss"),
                CLASSES.create(LossFunction.class, "sample.ChainLoss", (Object) new float[] {0.5f, 1, 0.25f, 2, 1}),
                CLASSES.create(LossFunction.class, "sample.NeighboursLoss"),
                CLASSES.create(LossFunction.class, "sample.WindowsLoss"));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void aBatchGivesWhatItsSamplesGiveAlone(LossFunction loss) {
        float[] z = floats(SAMPLES * ROWS * COLUMNS);
        int[] label = random.ints(SAMPLES * ROWS, 0, COLUMNS).toArray();
        float[] weights = weights();
        Map<String, float[]> expected = new TreeMap<>();
        double value = 0;
        for (int i = 0; i < SAMPLES; i++) {
            LossResult alone = loss.valueAndGradients(inputs(z, label, weights, i, i + 1), Reduction.SUM);
            value += alone.value();
            int sample = i;
            arrays(alone).forEach((name, array) -> add(expected, name, array, sample));
        }
        LossResult batch = loss.valueAndGradients(inputs(z, label, weights, 0, SAMPLES), Reduction.SUM);
        assertThat(batch.value()).isCloseTo(value, within(BOUND * value));
        arrays(batch)
                .forEach((name, actual) -> assertThat(distance(actual, expected.get(name)))
                        .as("%s of %s", name, loss)
                        .isLessThan(BOUND * max(actual)));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void samplesOfWeightZeroHaveNoEffect(LossFunction loss) {
        float[] z = floats(SAMPLES * ROWS * COLUMNS);
        int[] label = random.ints(SAMPLES * ROWS, 0, COLUMNS).toArray();
        float[] weights = weights();
        LossInputs clean = inputs(z.clone(), label, weights, 0, SAMPLES);
        LossResult expected = loss.valueAndGradients(clean, Reduction.SUM);
        z[IGNORED * ROWS * COLUMNS + 12] = Float.NaN;
        LossResult actual = loss.valueAndGradients(inputs(z, label, weights, 0, SAMPLES), Reduction.SUM);
        assertThat(actual.value()).isEqualTo(expected.value());
        assertThat(actual.gradients()).isEqualTo(expected.gradients());
    }

    private float[] weights() {
        float[] weights = new float[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            weights[i] = (float) random.nextDouble(0.5, 2);
        }
        weights[IGNORED] = 0;
        return weights;
    }

    private float[] floats(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextDouble(-2, 2);
        }
        return values;
    }

    private static LossInputs inputs(float[] z, int[] label, float[] weights, int from, int to) {
        int size = ROWS * COLUMNS;
        int samples = to - from;
        return LossInputs.of(
                        Tensor.over(Arrays.copyOfRange(z, from * size, to * size), samples, ROWS, COLUMNS),
                        IntTensor.over(Arrays.copyOfRange(label, from * ROWS, to * ROWS), samples, ROWS))
                .withWeights(Tensor.vector(Arrays.copyOfRange(weights, from, to)));
    }

    /** Derivatives by name; those of hyperparameters are sums over the samples. */
    private static Map<String, float[]> arrays(LossResult result) {
        Map<String, float[]> arrays = new TreeMap<>();
        result.gradients().forEach((name, tensor) -> arrays.put("gradient " + name, tensor.array()));
        result.hessians().forEach((name, tensor) -> arrays.put("hessian " + name, tensor.array()));
        result.parameterGradients().forEach((name, tensor) -> arrays.put("sum " + name, tensor.array()));
        return arrays;
    }

    private static void add(Map<String, float[]> all, String name, float[] array, int sample) {
        boolean isSum = name.startsWith("sum ");
        int offset = isSum ? 0 : sample * array.length;
        float[] target = all.computeIfAbsent(name, n -> new float[isSum ? array.length : SAMPLES * array.length]);
        for (int i = 0; i < array.length; i++) {
            target[offset + i] += array[i];
        }
    }

    private static double distance(float[] a, float[] b) {
        double max = 0;
        for (int i = 0; i < a.length; i++) {
            max = Math.max(max, Math.abs((double) a[i] - b[i]));
        }
        return max;
    }

    private static double max(float[] values) {
        return distance(values, new float[values.length]);
    }
}
