package dev.lossforge.runtime.tornadovm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.CompileSpec;
import dev.lossforge.runtime.backend.CompiledModel;
import dev.lossforge.runtime.data.Batch;
import dev.lossforge.runtime.data.DataException;
import dev.lossforge.runtime.layer.Activation;
import dev.lossforge.runtime.layer.BatchNorm;
import dev.lossforge.runtime.layer.ConvTranspose2D;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.layer.Flatten;
import dev.lossforge.runtime.layer.Gru;
import dev.lossforge.runtime.layer.ReLU;
import dev.lossforge.runtime.model.CompileOptions;
import dev.lossforge.runtime.optimizer.Sgd;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Layers over the batch, over time, and that enlarge images, at odd numbers of channels and samples. */
class DeviceLayersTest {
    /** Some hundred float additions in another order. */
    private static final double TOLERANCE = 1e-5;

    static Architecture images(int channels) {
        return Architecture.input(2, 3, 2)
                .add(ConvTranspose2D.of(channels, 3, Activation.RELU)
                        .withStride(2, 1)
                        .withPadding(1, 0)
                        .withOutputPadding(1, 0))
                .add(BatchNorm.of())
                .add(ReLU.of())
                .add(ConvTranspose2D.of(3, 2, Activation.TANH).withStride(1, 3).withoutBias())
                .add(BatchNorm.of().withMomentum(0.5).withEpsilon(0.01))
                .add(Flatten.of())
                .add(Dense.of(2))
                .build();
    }

    static Architecture sequences(int units) {
        return Architecture.input(5, 3)
                .add(Gru.of(units))
                .add(Gru.of(4).withLastStateOnly())
                .add(Dense.of(2, Activation.SIGMOID))
                .build();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 31, 33})
    void imagesAreEnlargedAndTheirChannelsNormalized(int channels) {
        LayerTest.compare("images of " + channels, images(channels), 127, 2, 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 31, 33})
    void sequencesPassThroughGates(int units) {
        LayerTest.compare("sequences through " + units, sequences(units), 127, 2, 1);
    }

    @Test
    void rowsAreNormalizedOverTheBatch() {
        Architecture rows = Architecture.input(7)
                .add(BatchNorm.of())
                .add(Dense.of(33, Activation.RELU))
                .add(BatchNorm.of())
                .add(Dense.of(2))
                .build();
        LayerTest.compare("rows", rows, 129, 3);
    }

    /** A mean of a thousand deviations leaves four digits of float32 to them: they must be right. */
    @Test
    void aFarMeanLeavesTheDeviationsOfAChannelTheirDigits() {
        Architecture norm = Architecture.input(1).add(BatchNorm.of()).build();
        CompileSpec spec = CompileOptions.of(Sgd.of(1), new SquaredErrorLoss()).spec(0);
        Tensor inputs = SameModels.random(new SplittableRandom(6), 300, 1);
        double sum = 0;
        for (int i = 0; i < inputs.size(); i++) {
            inputs.array()[i] += 1000;
            sum += inputs.array()[i];
        }
        double mean = sum / inputs.size();
        double squares = 0;
        for (float x : inputs.array()) {
            squares += (x - mean) * (x - mean);
        }
        Tensor expected = Tensor.zeros(300, 1);
        for (int i = 0; i < inputs.size(); i++) {
            expected.array()[i] = (float) ((inputs.array()[i] - mean)
                    / Math.sqrt(squares / inputs.size() + BatchNorm.of().epsilon()));
        }
        try (CompiledModel model = new TornadoBackend().compile(norm, spec)) {
            model.trainStep(Batch.of(inputs, Tensor.zeros(300, 1)));
            SameModels.assertClose("far", model.lastOutputs().only(), expected, 1e-6);
        }
    }

    @Test
    void aFrozenLayerNormalizesByItsRunningStatistics() {
        Architecture rows = Architecture.input(4)
                .add(Dense.of(3, Activation.RELU))
                .add("norm", BatchNorm.of())
                .add(Dense.of(2))
                .build();
        CompileSpec spec = CompileOptions.of(Sgd.of(0.5), new SquaredErrorLoss())
                .withFrozenLayers("norm")
                .spec(0);
        SplittableRandom random = new SplittableRandom(2);
        try (SameModels models = new SameModels(rows, spec)) {
            Map<String, Tensor> parameters = models.onCpu().parameters();
            for (String name : List.of("norm.runningMean", "norm.runningVariance", "norm.scale")) {
                parameters.put(name, Tensor.over(new float[] {0.5f, 0.25f, 2f}, 3));
            }
            models.onCpu().loadParameters(parameters);
            models.onDevice().loadParameters(parameters);
            models.step("frozen", batch(random, 1), TOLERANCE);
            models.step("frozen", batch(random, 5), TOLERANCE);
            models.compareState("frozen", TOLERANCE);
            assertThat(models.onDevice().parameters().get("norm.runningMean").array())
                    .containsExactly(0.5f, 0.25f, 2f);
        }
    }

    @Test
    void aBatchWithoutVarianceIsRefusedAndANaNLeavesTheStatistics() {
        Architecture rows =
                Architecture.input(4).add(BatchNorm.of()).add(Dense.of(2)).build();
        CompileSpec spec =
                CompileOptions.of(Sgd.of(0.5), new SquaredErrorLoss()).spec(0);
        SplittableRandom random = new SplittableRandom(2);
        try (SameModels models = new SameModels(rows, spec)) {
            for (CompiledModel model : List.of(models.onCpu(), models.onDevice())) {
                Batch one = batch(random, 1);
                assertThatThrownBy(() -> model.trainStep(one))
                        .isInstanceOf(DataException.class)
                        .hasMessage("The layer 'batchnorm' normalizes over the batch, but a batch of 1 sample has one"
                                + " value per channel and so no variance; choose a batch size that leaves no batch of 1"
                                + " sample.");
                Batch wrong = Batch.of(SameModels.random(random, 3, 4), SameModels.random(random, 3, 2));
                wrong.inputs().array()[2] = Float.NaN;
                assertThat(model.trainStep(wrong).applied()).isFalse();
            }
            models.compareState("after a NaN", TOLERANCE);
            models.evaluate("after a NaN", batch(random, 1), TOLERANCE);
        }
    }

    private static Batch batch(SplittableRandom random, int samples) {
        return Batch.of(SameModels.random(random, samples, 4), SameModels.random(random, samples, 2));
    }
}
