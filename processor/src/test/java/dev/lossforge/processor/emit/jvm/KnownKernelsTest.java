package dev.lossforge.processor.emit.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.processor.ad.ReverseMode;
import dev.lossforge.processor.ir.Derivatives;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.loop.Lowering;
import dev.lossforge.processor.rewrite.LogSumExpSplitter;
import dev.lossforge.processor.rewrite.LoopForm;
import dev.lossforge.processor.rewrite.Simplifier;
import dev.lossforge.processor.testing.CompiledClasses;
import dev.lossforge.processor.testing.KnownFormulas;
import dev.lossforge.runtime.internal.kernel.IndexException;
import dev.lossforge.runtime.loss.LossFunction;
import dev.lossforge.runtime.loss.LossInputs;
import dev.lossforge.runtime.loss.LossResult;
import dev.lossforge.runtime.loss.Reduction;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Generated losses at all sizes around the ends of blocks and tiles, with weights, and at extreme values. */
class KnownKernelsTest {
    private static final CompiledClasses CLASSES = CompiledClasses.ofSources(Stream.of(
                    KnownFormulas.squaredError(),
                    KnownFormulas.huber(),
                    KnownFormulas.binaryCrossEntropy(),
                    KnownFormulas.softmaxCrossEntropy(),
                    KnownFormulas.rootMeanSquaredError())
            .map(KnownKernelsTest::emit)
            .toList());

    private final SplittableRandom random = new SplittableRandom(11);

    static JvmSources emit(Formula formula) {
        Derivatives derivatives = Simplifier.rewrite(ReverseMode.differentiate(formula));
        return JvmEmitter.emit(
                derivatives,
                Lowering.lower(LoopForm.rewrite(LogSumExpSplitter.rewrite(derivatives))),
                Lowering.lower(LoopForm.rewrite(LogSumExpSplitter.rewriteForVectors(derivatives))),
                List.of(),
                List.of(),
                true);
    }

    private static LossFunction loss(String name, Object... parameters) {
        return CLASSES.create(LossFunction.class, "sample." + name, parameters);
    }

    private Tensor random(int... shape) {
        int size = 1;
        for (int extent : shape) {
            size *= extent;
        }
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextDouble(-4, 4);
        }
        return Tensor.over(values, shape);
    }

    private Tensor weights(int units) {
        Tensor weights = random(units);
        for (int i = 0; i < units; i++) {
            weights.array()[i] = Math.abs(weights.array()[i]);
        }
        return weights;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 15, 16, 17, 511, 512, 513, 1023, 1024, 1025, 70_000})
    void huberOfEverySize(int size) {
        Tensor p = random(size);
        Tensor y = random(size);
        Tensor weights = weights(size);
        for (int i = 0; i < size; i += 3) {
            weights.array()[i] = 0;
            p.array()[i] = Float.NaN;
        }
        LossResult result =
                loss("HuberLoss", 1.5f).valueAndGradients(LossInputs.of(p, y).withWeights(weights), Reduction.SUM);
        double sum = 0;
        for (int i = 0; i < size; i++) {
            double r = (double) p.array()[i] - y.array()[i];
            double w = weights.array()[i];
            sum += w == 0 ? 0 : w * (Math.abs(r) <= 1.5 ? 0.5 * r * r : 1.5 * (Math.abs(r) - 0.75));
            double gradient = w == 0 ? 0 : w * Math.clamp(r, -1.5, 1.5);
            assertThat((double) result.gradient().array()[i]).isCloseTo(gradient, within(1e-5));
        }
        assertThat(result.value()).isCloseTo(sum, within(1e-6 * size + 1e-5));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 9, 10, 15, 16, 17, 63, 64, 65, 511, 512, 513, 1000, 1025})
    void softmaxCrossEntropyOfEveryRowLength(int classes) {
        int rows = classes < 100 ? 700 : 5;
        Tensor logits = random(rows, classes);
        Tensor weights = weights(rows);
        weights.array()[rows / 2] = 0;
        int[] labels = new int[rows];
        for (int i = 0; i < rows; i++) {
            labels[i] = weights.array()[i] == 0 ? -100 : random.nextInt(classes);
        }
        LossInputs inputs = LossInputs.of(logits, IntTensor.over(labels, rows)).withWeights(weights);
        LossFunction loss = loss("SoftmaxCrossEntropyLoss");
        LossResult result = loss.valueAndGradients(inputs, Reduction.NONE);
        assertThat(loss.values(inputs)).isEqualTo(result.values());
        for (int i = 0; i < rows; i++) {
            double w = weights.array()[i];
            double sum = 0;
            for (int j = 0; j < classes; j++) {
                sum += Math.exp(logits.get(i, j));
            }
            double value = w == 0 ? 0 : w * (Math.log(sum) - logits.get(i, labels[i]));
            assertThat((double) result.values().array()[i]).isCloseTo(value, within(1e-5));
            for (int j = 0; j < classes; j++) {
                double gradient = w == 0 ? 0 : w * (Math.exp(logits.get(i, j)) / sum - (j == labels[i] ? 1 : 0));
                assertThat((double) result.gradient().get(i, j)).isCloseTo(gradient, within(1e-5));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 511, 512, 513, 1030})
    void rootMeanSquaredErrorOfEveryLength(int columns) {
        Tensor p = random(3, columns);
        Tensor y = random(3, columns);
        LossResult result = loss("RootMeanSquaredErrorLoss").valueAndGradients(LossInputs.of(p, y), Reduction.MEAN);
        double sum = 0;
        for (int i = 0; i < p.size(); i++) {
            sum += Math.pow((double) p.array()[i] - y.array()[i], 2);
        }
        double expected = Math.sqrt(sum / p.size());
        assertThat(result.value()).isCloseTo(expected, within(1e-5));
        for (int i = 0; i < p.size(); i++) {
            double gradient = ((double) p.array()[i] - y.array()[i]) / (p.size() * expected);
            assertThat((double) result.gradient().array()[i]).isCloseTo(gradient, within(1e-6));
        }
    }

    @Test
    void extremeLogitsStayFinite() {
        Tensor logits = Tensor.vector(1e9f, -1e9f, 0, Float.NaN);
        LossResult result = loss("BinaryCrossEntropyLoss")
                .valueAndGradients(LossInputs.of(logits, Tensor.vector(0, 0, 1, 1)), Reduction.NONE);
        assertThat(result.values().array()).containsExactly(1e9f, 0, (float) Math.log(2), Float.NaN);
        assertThat(result.gradient().array()).containsExactly(1, 0, -0.5f, Float.NaN);
    }

    @Test
    void infiniteLogitsHaveTheirLimit() {
        LossFunction loss = loss("SoftmaxCrossEntropyLoss");
        for (int classes : List.of(3, 100)) {
            Tensor logits = Tensor.zeros(2, classes);
            logits.array()[0] = 1000;
            logits.array()[classes] = Float.NEGATIVE_INFINITY;
            Tensor values = loss.values(LossInputs.of(logits, IntTensor.vector(0, 1)));
            assertThat(values.array()).containsExactly(0f, (float) Math.log(classes - 1));
        }
    }

    @Test
    void aLabelOutsideTheClassesIsAnError() {
        LossInputs inputs = LossInputs.of(Tensor.zeros(2, 3), IntTensor.vector(0, 3));
        assertThatThrownBy(() -> loss("SoftmaxCrossEntropyLoss").value(inputs, Reduction.MEAN))
                .isInstanceOf(IndexException.class)
                .hasMessageContaining("'label' of sample 1 of the batch is 3");
    }

    @Test
    void defaultsMakeAShorterConstructor() {
        LossInputs inputs = LossInputs.of(Tensor.vector(3), Tensor.vector(0));
        assertThat(loss("HuberLoss").value(inputs, Reduction.SUM)).isEqualTo(2.5);
        assertThat(loss("HuberLoss", 2f).value(inputs, Reduction.SUM)).isEqualTo(4);
    }
}
