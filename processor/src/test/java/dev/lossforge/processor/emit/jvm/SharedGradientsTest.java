package dev.lossforge.processor.emit.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.processor.rewrite.Stabilizer;
import dev.lossforge.processor.testing.CompiledClasses;
import dev.lossforge.processor.testing.SourceReading;
import dev.lossforge.runtime.loss.LossFunction;
import dev.lossforge.runtime.loss.LossInputs;
import dev.lossforge.runtime.loss.LossResult;
import dev.lossforge.runtime.loss.Reduction;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.SplittableRandom;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Losses over a batch whose rounds add to the same entries of a gradient, in batches worth several threads. */
class SharedGradientsTest {
    private static final String SOURCE = """
        @Loss static float order(@Prediction float[][] p, @Target float[] y) {
            return sum(p.length, i -> sum(p.length, j -> y[i] > y[j] ? softplus(p[j][1] - p[i][1]) : 0));
        }
        @Loss static float scaledOrder(
                @Prediction float[][] p, @Target float[] y, @Param(trainable = true) float scale) {
            return sum(p.length, i -> sum(p.length, j -> y[i] > y[j] ? softplus(scale * (p[j][0] - p[i][0])) : 0));
        }
        @Loss static float sharedRows(@Prediction float[][] p, @Target float[][] y, @Target int[] label) {
            return sum(y.length, i -> sum(y.length, j -> square(p[label[i]][0] - y[i][0] * y[j][0])));
        }\
        """;
    private static final CompiledClasses CLASSES =
            CompiledClasses.ofSources(SourceReading.ofMembers(SOURCE).formulas().stream()
                    .map(formula ->
                            KnownKernelsTest.emit(Stabilizer.rewrite(formula).formula()))
                    .toList());
    /** Of the sum of magnitudes, as floats are added in lanes. */
    private static final double TOLERANCE = 50 * 0x1p-24;

    private final SplittableRandom random = new SplittableRandom(7);

    private Tensor normal(int... shape) {
        Tensor x = Tensor.zeros(shape);
        for (int i = 0; i < x.size(); i++) {
            x.array()[i] = (float) random.nextGaussian();
        }
        return x;
    }

    private static LossResult evaluate(String loss, LossInputs inputs) {
        return CLASSES.create(LossFunction.class, "sample." + loss).valueAndGradients(inputs, Reduction.SUM);
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 37, 401})
    void bothRowsOfAPairGetTheirPart(int rows) {
        Tensor p = normal(rows, 3);
        Tensor y = normal(rows);
        double value = 0;
        double[] gradient = new double[rows];
        double[] magnitude = new double[rows];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < rows; j++) {
                if (y.get(i) > y.get(j)) {
                    double difference = (double) p.get(j, 1) - p.get(i, 1);
                    value += Math.log1p(Math.exp(difference));
                    double slope = sigmoid(difference);
                    gradient[i] -= slope;
                    gradient[j] += slope;
                    magnitude[i] += slope;
                    magnitude[j] += slope;
                }
            }
        }
        LossResult result = evaluate("OrderLoss", LossInputs.of(p, y));
        assertThat(result.value()).isCloseTo(value, within(TOLERANCE * value));
        for (int i = 0; i < rows; i++) {
            assertThat((double) result.gradient().get(i, 1))
                    .isCloseTo(gradient[i], within(TOLERANCE * Math.max(1, magnitude[i])));
            assertThat(result.gradient().get(i, 0)).isZero();
            assertThat(result.gradient().get(i, 2)).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 37, 401})
    void aHyperparameterGetsThePartsOfAllPairs(int rows) {
        Tensor p = normal(rows, 1);
        Tensor y = normal(rows);
        float scale = 1.5f;
        double gradient = 0;
        double magnitude = 1;
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < rows; j++) {
                double difference = (double) p.get(j, 0) - p.get(i, 0);
                double part = y.get(i) > y.get(j) ? sigmoid(scale * difference) * difference : 0;
                gradient += part;
                magnitude += Math.abs(part);
            }
        }
        LossResult result = CLASSES.create(LossFunction.class, "sample.ScaledOrderLoss", scale)
                .valueAndGradients(LossInputs.of(p, y), Reduction.SUM);
        assertThat((double) result.parameterGradient("scale").array()[0])
                .isCloseTo(gradient, within(TOLERANCE * magnitude));
    }

    /** Many rounds add to one row, some to rows that do not exist. */
    @ParameterizedTest
    @ValueSource(ints = {2, 37, 401})
    void rowsByALabelGetThePartsOfAllThatNameThem(int rows) {
        Tensor p = normal(rows, 2);
        Tensor y = normal(rows, 2);
        int[] label = new int[rows];
        double[] gradient = new double[rows];
        for (int i = 0; i < rows; i++) {
            label[i] = i % 2;
            for (int j = 0; j < rows; j++) {
                gradient[label[i]] += 2 * ((double) p.get(label[i], 0) - (double) y.get(i, 0) * y.get(j, 0));
            }
        }
        LossResult result = evaluate("SharedRowsLoss", LossInputs.of(p, y, IntTensor.vector(label)));
        for (int i = 0; i < rows; i++) {
            assertThat((double) result.gradient().get(i, 0))
                    .isCloseTo(gradient[i], within(TOLERANCE * Math.max(1, 5.0 * rows * rows)));
        }
    }

    @Test
    void threadsDoNotChangeABit() {
        LossFunction loss = CLASSES.create(LossFunction.class, "sample.ScaledOrderLoss", 1.5f);
        LossInputs inputs = LossInputs.of(normal(501, 1), normal(501));
        LossResult alone;
        try (ForkJoinPool one = new ForkJoinPool(1)) {
            alone = one.submit(() -> loss.valueAndGradients(inputs, Reduction.SUM))
                    .join();
        }
        LossResult together = loss.valueAndGradients(inputs, Reduction.SUM);
        assertThat(together).isEqualTo(alone);
    }
}
