package dev.lossforge.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.processor.testing.CompiledClasses;
import dev.lossforge.processor.testing.SourceReading;
import dev.lossforge.runtime.loss.LossFunction;
import dev.lossforge.runtime.loss.LossInputs;
import dev.lossforge.runtime.loss.LossResult;
import dev.lossforge.runtime.loss.PenaltyFunction;
import dev.lossforge.runtime.loss.Reduction;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.SplittableRandom;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;

/**
 * Batches that are computed in chunks by several threads. A kernel adds floats in 16 lanes within a block of 512 and
 * blocks in double, so the error of a sum is at most 50 units of roundoff of the sum of magnitudes, however many there
 * are.
 */
class LargeBatchTest {

    private static final double BOUND = 50 * 0x1p-24;
    private static final int MILLIONS = 3_000_017;

    private static final CompiledClasses CLASSES = new CompiledClasses(
            SourceReading.withKernels(SourceReading.file("Losses", """
                    @Loss
                    static float huber(@Prediction float p, @Target float y, @Param(trainable = true) float delta) {
                      float r = abs(p - y);
                      return r <= delta ? 0.5f * r * r : delta * (r - 0.5f * delta);
                    }

                    @Loss
                    static float weighted(@Prediction float[] z, @Target int label, @Param(trainable = true) float[] w) {
                      return w[label] * (logSumExp(z) - z[label]);
                    }

                    @Regularizer
                    static float elasticNet(@Weight float w, @Param float mix) {
                      return mix * abs(w) + (1 - mix) * square(w);
                    }

                    @Regularizer
                    static float rowNorms(@Weight float[] w) {
                      return norm(w);
                    }

                    @Regularizer
                    static float orthogonality(@Weight float[][] w) {
                      return sum(w.length, i -> sum(w.length, j -> square(dot(w[i], w[j]) - (i == j ? 1 : 0))));
                    }
                    """)).compilation());

    private final SplittableRandom random = new SplittableRandom(3);

    private Tensor random(int... shape) {
        return randomFrom(-2, shape);
    }

    private Tensor randomFrom(double min, int... shape) {
        Tensor tensor = Tensor.zeros(shape);
        for (int i = 0; i < tensor.size(); i++) {
            tensor.array()[i] = (float) random.nextDouble(min, 2);
        }
        return tensor;
    }

    @Test
    void sumsOfMillionsKeepTheirDigits() {
        float delta = 0.75f;
        Tensor p = random(MILLIONS);
        Tensor y = random(MILLIONS);
        LossFunction loss = CLASSES.create(LossFunction.class, "sample.HuberLoss", delta);
        LossResult result = loss.valueAndGradients(LossInputs.of(p, y), Reduction.SUM);
        double value = 0;
        double slope = 0;
        double worst = 0;
        for (int i = 0; i < MILLIONS; i++) {
            double r = Math.abs((double) p.array()[i] - y.array()[i]);
            value += r <= delta ? 0.5 * r * r : delta * (r - 0.5 * delta);
            slope += r <= delta ? 0 : r - delta;
            double gradient = Math.clamp((double) p.array()[i] - y.array()[i], -delta, delta);
            worst = Math.max(worst, Math.abs(result.gradient().array()[i] - gradient));
        }
        assertThat(worst).isLessThan(4 * 0x1p-24);
        assertThat(result.value()).isCloseTo(value, within(BOUND * value));
        assertThat((double) result.parameterGradients().get("delta").array()[0])
                .isCloseTo(slope, within(BOUND * slope));
        assertThat(loss.value(LossInputs.of(p, y), Reduction.MEAN)).isEqualTo(result.value() / MILLIONS);
    }

    @Test
    void theResultDoesNotDependOnTheNumberOfThreads() {
        int rows = 40_003;
        Tensor z = random(rows, 7);
        IntTensor labels = IntTensor.over(random.ints(rows, 0, 7).toArray(), rows);
        LossInputs inputs = LossInputs.of(z, labels).withWeights(randomFrom(0, rows));
        LossFunction loss =
                CLASSES.create(LossFunction.class, "sample.WeightedLoss", (Object) new float[] {1, 2, 3, 4, 5, 6, 7});
        LossResult alone;
        try (ForkJoinPool one = new ForkJoinPool(1)) {
            alone = one.submit(() -> loss.valueAndGradients(inputs, Reduction.WEIGHTED_MEAN))
                    .join();
        }
        LossResult together = loss.valueAndGradients(inputs, Reduction.WEIGHTED_MEAN);
        assertThat(together.value()).isEqualTo(alone.value());
        assertThat(together.gradients()).isEqualTo(alone.gradients());
        assertThat(together.parameterGradients()).isEqualTo(alone.parameterGradients());
    }

    @Test
    void rowsOfWeightZeroHaveNoEffectInAnyChunk() {
        int rows = 40_003;
        Tensor z = random(rows, 7);
        Tensor weights = randomFrom(0, rows);
        int[] labels = random.ints(rows, 0, 7).toArray();
        LossFunction loss =
                CLASSES.create(LossFunction.class, "sample.WeightedLoss", (Object) new float[] {1, 2, 3, 4, 5, 6, 7});
        for (int i = 0; i < rows; i += 5) {
            weights.array()[i] = 0;
        }
        LossInputs clean =
                LossInputs.of(z, IntTensor.over(labels.clone(), rows)).withWeights(weights);
        LossResult expected = loss.valueAndGradients(clean, Reduction.SUM);
        for (int i = 0; i < rows; i += 5) {
            labels[i] = -100;
            z.array()[7 * i + 3] = Float.NaN;
        }
        LossInputs spoilt = LossInputs.of(z, IntTensor.over(labels, rows)).withWeights(weights);
        LossResult actual = loss.valueAndGradients(spoilt, Reduction.SUM);
        assertThat(actual.value()).isEqualTo(expected.value());
        assertThat(actual.gradients()).isEqualTo(expected.gradients());
        assertThat(actual.parameterGradients()).isEqualTo(expected.parameterGradients());
    }

    @Test
    void penaltiesAreTheirDifferenceQuotients() {
        check(CLASSES.create(PenaltyFunction.class, "sample.ElasticNetRegularizer", 0.25f), random(1030));
        check(CLASSES.create(PenaltyFunction.class, "sample.RowNormsRegularizer"), random(5, 103));
        check(CLASSES.create(PenaltyFunction.class, "sample.OrthogonalityRegularizer"), random(6, 5));
    }

    /**
     * Along a random direction, with a step that floats hold: the quotient is good to about 1e-3 of the slope's terms.
     */
    private void check(PenaltyFunction regularizer, Tensor weights) {
        Tensor gradient = Tensor.zeros(weights.shape());
        double value = regularizer.addGradient(weights, 2, gradient);
        assertThat(regularizer.value(weights)).isEqualTo(value);
        int entry = random.nextInt(weights.size());
        float start = weights.array()[entry];
        float step = 0x1p-7f;
        weights.array()[entry] = start + step;
        double above = regularizer.value(weights);
        weights.array()[entry] = start - step;
        double below = regularizer.value(weights);
        double quotient = (above - below) / (2 * step);
        assertThat(gradient.array()[entry] / 2.0)
                .as("%s", regularizer)
                .isCloseTo(quotient, within(0x1p-7 * Math.abs(quotient) + 4 * BOUND * value / step));
    }
}
