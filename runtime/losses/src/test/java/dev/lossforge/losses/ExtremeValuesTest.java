package dev.lossforge.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.runtime.loss.Loss;
import dev.lossforge.runtime.loss.LossInputs;
import dev.lossforge.runtime.loss.LossResult;
import dev.lossforge.runtime.loss.Reduction;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Inputs at which a naive evaluation overflows, cancels or divides zero by zero. */
class ExtremeValuesTest {

    @ParameterizedTest
    @CsvSource({
        "1e9, 1, 0, 0",
        "1e9, 0, 1e9, 1",
        "-1e9, 1, 1e9, -1",
        "-1e9, 0, 0, 0",
        "-100, 0, 3.7835058e-44, 3.7835058e-44",
        "0, 1, 0.6931472, -0.5"
    })
    void binaryCrossEntropyWithLogits(float z, float y, float value, float gradient) {
        assertElement(new BinaryCrossEntropyWithLogitsLoss(), z, y, value, gradient);
    }

    @ParameterizedTest
    @CsvSource({"700, 699.3068528194401, 1", "-700, 699.3068528194401, -1", "0, 0, 0", "1e-4, 5e-9, 1e-4"})
    void logCosh(float p, float value, float gradient) {
        assertElement(new LogCoshLoss(), p, 0, value, gradient);
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0, 0", "1, 1, 0, -1", "0, 1, Infinity, -Infinity", "1, 0, Infinity, Infinity"})
    void binaryCrossEntropyOnProbabilities(float p, float y, float value, float gradient) {
        LossResult result = element(new BinaryCrossEntropyLoss(), p, y);
        assertThat(entries(result.values())).containsExactly(value);
        if (y != p) {
            assertThat(entries(result.gradient())).containsExactly(gradient);
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {1000, 1e30f, -1e30f})
    void softmaxCrossEntropyOfLargeLogits(float z) {
        Tensor logits = Tensor.matrix(new float[] {z, z, Float.NEGATIVE_INFINITY});
        LossResult result = new SoftmaxCrossEntropyLoss()
                .valueAndGradients(LossInputs.of(logits, IntTensor.vector(1)), Reduction.SUM);
        assertThat(result.value()).isCloseTo(Math.log(2), within(1e-7));
        assertThat(entries(result.gradient())).containsExactly(0.5f, -0.5f, 0);
    }

    @Test
    void kullbackLeiblerOfImpossibleAndCertain() {
        Tensor p = Tensor.matrix(new float[] {1, 0}, new float[] {0, 1});
        Tensor y = Tensor.matrix(new float[] {1, 0}, new float[] {1, 0});
        LossResult result = new KullbackLeiblerLoss().valueAndGradients(LossInputs.of(p, y), Reduction.NONE);
        assertThat(entries(result.values())).containsExactly(0, Float.POSITIVE_INFINITY);
        assertThat(entries(result.gradient())).containsExactly(-1, 0, Float.NEGATIVE_INFINITY, 0);
    }

    @Test
    void entropiesOfZeroProbabilities() {
        Tensor p = Tensor.matrix(new float[] {1, 0, 0});
        LossResult crossEntropy = new CrossEntropyLoss().valueAndGradients(LossInputs.of(p, p), Reduction.SUM);
        assertThat(crossEntropy.value()).isZero();
        assertThat(entries(crossEntropy.gradient())).containsExactly(-1, 0, 0);
        Tensor apart = Tensor.matrix(new float[] {0, 1, 0});
        assertThat(new JensenShannonLoss().value(LossInputs.of(p, apart), Reduction.SUM))
                .isCloseTo(Math.log(2), within(1e-6));
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN})
    void nanInNanOut(float nan) {
        for (Loss loss : new Loss[] {
            new MeanSquaredErrorLoss(),
            new MeanAbsoluteErrorLoss(),
            new HuberLoss(),
            new LogCoshLoss(),
            new BinaryCrossEntropyLoss(),
            new BinaryCrossEntropyWithLogitsLoss(),
            new HingeLoss(),
            new SquaredHingeLoss()
        }) {
            LossResult result = element(loss, nan, 1);
            assertThat(result.value()).as(loss.name()).isNaN();
            assertThat(entries(result.gradient())).as(loss.name()).containsExactly(Float.NaN);
        }
        Tensor logits = Tensor.matrix(new float[] {0, nan, 1});
        LossResult row = new SoftmaxCrossEntropyLoss()
                .valueAndGradients(LossInputs.of(logits, IntTensor.vector(0)), Reduction.SUM);
        assertThat(row.value()).isNaN();
        assertThat(entries(row.gradient())).containsOnly(Float.NaN);
    }

    private static LossResult element(Loss loss, float p, float y) {
        return loss.valueAndGradients(LossInputs.of(Tensor.vector(p), Tensor.vector(y)), Reduction.NONE);
    }

    private static void assertElement(Loss loss, float p, float y, float value, float gradient) {
        LossResult result = element(loss, p, y);
        assertThat(result.values().array()[0])
                .isCloseTo(value, within(Math.max(Float.MIN_VALUE, 3e-7f * Math.abs(value))));
        assertThat(result.gradient().array()[0])
                .isCloseTo(gradient, within(Math.max(Float.MIN_VALUE, 3e-7f * Math.abs(gradient))));
    }

    /** The entries, with 0 for −0. */
    private static float[] entries(Tensor tensor) {
        float[] entries = tensor.array().clone();
        for (int i = 0; i < entries.length; i++) {
            entries[i] += 0f;
        }
        return entries;
    }
}
