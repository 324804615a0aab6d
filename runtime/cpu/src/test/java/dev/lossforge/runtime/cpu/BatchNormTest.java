package dev.lossforge.runtime.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.CompiledModel;
import dev.lossforge.runtime.checkpoint.Checkpoints;
import dev.lossforge.runtime.checkpoint.Checkpoints.Checkpoint;
import dev.lossforge.runtime.cpu.internal.kernel.RandomFloats;
import dev.lossforge.runtime.data.Batch;
import dev.lossforge.runtime.data.DataException;
import dev.lossforge.runtime.data.Dataset;
import dev.lossforge.runtime.layer.Activation;
import dev.lossforge.runtime.layer.BatchNorm;
import dev.lossforge.runtime.layer.Conv2D;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.layer.Flatten;
import dev.lossforge.runtime.loss.LossResult;
import dev.lossforge.runtime.model.CompileOptions;
import dev.lossforge.runtime.model.Model;
import dev.lossforge.runtime.model.Models;
import dev.lossforge.runtime.model.Sequential;
import dev.lossforge.runtime.optimizer.AdamW;
import dev.lossforge.runtime.optimizer.Optimizer.GradientClipping;
import dev.lossforge.runtime.optimizer.Sgd;
import dev.lossforge.runtime.tensor.Tensor;
import dev.lossforge.runtime.training.FitOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Running statistics are state of the model, which training moves and everything else keeps. */
class BatchNormTest {
    private static final int SAMPLES = 22;

    @TempDir
    private Path folder;

    private static Tensor inputs() {
        return Tensor.over(RandomFloats.of(SAMPLES * 30, new SplittableRandom(4)), SAMPLES, 5, 3, 2);
    }

    private static Dataset data() {
        return Dataset.of(inputs(), Tensor.over(RandomFloats.of(SAMPLES * 2, new SplittableRandom(5)), SAMPLES, 2));
    }

    private static Sequential layers() {
        return Sequential.builder()
                .input(5, 3, 2)
                .add("first", BatchNorm.of())
                .add(Conv2D.of(4, 2, Activation.RELU))
                .add("norm", BatchNorm.of().withMomentum(0.3))
                .add(Flatten.of())
                .add(Dense.of(2))
                .seed(6)
                .build();
    }

    private static CompileOptions options(int threads) {
        return CompileOptions.of(AdamW.of(0.01), TestLosses.squaredError())
                .withClipping(new GradientClipping.ByGlobalNorm(0.5))
                .withThreads(threads);
    }

    private static Sequential compiled(int threads) {
        Sequential model = layers();
        model.compile(options(threads));
        return model;
    }

    @Test
    void trainedParametersAreCountedAndStateIsNot() {
        try (Sequential model = layers()) {
            assertThat(model.architecture().parameterCount()).isEqualTo(4 + 36 + 8 + 66);
            assertThat(model.summary()).containsPattern("first \\(BatchNorm\\) +\\[5, 3, 2] +4\n");
            assertThat(model.parameters())
                    .containsKeys("norm.scale", "norm.bias", "norm.runningMean", "norm.runningVariance");
        }
    }

    /** The first layer normalizes what all threads load alike: sums by sample, added up in one order. */
    @Test
    void statisticsAreTheSameBitsForEachNumberOfThreads() {
        Map<String, Tensor> first = Map.of();
        for (int threads = 1; threads <= 3; threads++) {
            try (Sequential model = compiled(threads)) {
                model.fit(data(), FitOptions.epochs(1).withBatchSize(SAMPLES));
                Map<String, Tensor> parameters = model.parameters();
                parameters.keySet().removeIf(name -> !name.contains("running"));
                assertThat(parameters.get("first.runningMean").array()).doesNotContain(0);
                first = threads == 1 ? parameters : first;
                assertThat(parameters).isEqualTo(first);
            }
        }
    }

    @Test
    void predictionsAreByTheRunningStatisticsAndLeaveThem() throws IOException {
        try (Sequential model = compiled(2)) {
            model.fit(data(), FitOptions.epochs(3).withBatchSize(7));
            Map<String, Tensor> before = model.parameters();
            Tensor all = model.predict(inputs());
            assertThat(model.predict(inputs().rows(3, 4))).isEqualTo(all.rows(3, 4));
            model.evaluate(data());
            assertThat(model.parameters()).isEqualTo(before);
            assertThat(model.predictor().predict(inputs())).isEqualTo(all);
            Path file = folder.resolve("model.safetensors");
            model.save(file);
            assertThat(Models.predictor(file).predict(inputs())).isEqualTo(all);
        }
    }

    @Test
    void everyCheckpointLeadsToTheSameBits() throws IOException {
        FitOptions options = FitOptions.epochs(3).withBatchSize(8);
        Map<String, Tensor> expected;
        try (Sequential whole = compiled(2);
                Checkpoints checkpoints = Checkpoints.in(folder).everySteps(1).keeping(100)) {
            whole.fit(data(), options.withCheckpointer(checkpoints));
            expected = whole.parameters();
        }
        for (Path path : Checkpoints.list(folder)) {
            Checkpoint checkpoint = Checkpoints.read(path);
            assertThat(checkpoint.snapshot().optimizer().slots().keySet()).noneMatch(name -> name.contains("running"));
            try (Sequential resumed = compiled(2)) {
                resumed.resume(data(), options, checkpoint.snapshot());
                assertThat(resumed.parameters()).as(path.toString()).isEqualTo(expected);
            }
        }
    }

    @Test
    void aStepThatIsNotAppliedMovesNothing() {
        Tensor poisoned = inputs();
        poisoned.array()[17] = Float.NaN;
        Tensor targets = Tensor.zeros(SAMPLES, 2);
        try (CompiledModel model =
                new CpuBackend().compile(layers().architecture(), options(2).spec(6))) {
            Map<String, Tensor> before = model.parameters();
            assertThat(model.trainStep(Batch.of(poisoned, targets)).applied()).isFalse();
            assertThat(model.parameters()).isEqualTo(before);
            assertThat(model.trainStep(Batch.of(inputs(), targets)).applied()).isTrue();
            assertThat(model.parameters().get("norm.runningMean")).isNotEqualTo(before.get("norm.runningMean"));
        }
    }

    /** A frozen layer normalizes by its running statistics in training too, and keeps them. */
    @Test
    void aFrozenLayerIsAnAffineFunction() {
        Architecture architecture = Architecture.input(3)
                .add("dense", Dense.of(4))
                .add("norm", BatchNorm.of())
                .build();
        Batch batch = Batch.of(Tensor.over(new float[] {1, 2, 3}, 1, 3), Tensor.zeros(1, 4));
        CompileOptions options =
                CompileOptions.of(Sgd.of(0.1), TestLosses.squaredError()).withFrozenLayers("norm");
        try (CompiledModel model = new CpuBackend().compile(architecture, options.spec(1))) {
            Map<String, Tensor> before = model.parameters();
            assertThat(model.trainStep(batch).applied()).isTrue();
            Map<String, Tensor> after = model.parameters();
            assertThat(after.get("dense.weights")).isNotEqualTo(before.get("dense.weights"));
            after.keySet().removeIf(name -> name.startsWith("dense"));
            assertThat(before).containsAllEntriesOf(after);
        }
    }

    @Test
    void oneValuePerChannelHasNoVariance() {
        try (Sequential model = Sequential.builder()
                .input(3)
                .add(BatchNorm.of())
                .add(Dense.of(2))
                .build()) {
            model.compile(Sgd.of(0.1), TestLosses.squaredError());
            Map<String, Tensor> before = model.parameters();
            Dataset one = Dataset.of(Tensor.zeros(1, 3), Tensor.zeros(1, 2));
            assertThatThrownBy(() -> model.fit(one, FitOptions.epochs(1)))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("for which the layer 'batchnorm', which normalizes over the batch");
            assertThatThrownBy(() -> model.compiledModel().trainStep(one.beginning()))
                    .isInstanceOf(DataException.class)
                    .hasMessage("The layer 'batchnorm' normalizes over the batch, but a batch of 1 sample has one value"
                            + " per channel and so no variance; choose a batch size that leaves no batch of 1 sample.");
            assertThat(model.parameters()).isEqualTo(before);
            assertThat(model.predict(Tensor.zeros(1, 3)).shape().size()).isEqualTo(2);
        }
    }

    @Test
    void aStepOfOnesOwnMovesTheStatisticsToo() {
        try (Model model = compiled(2)) {
            Map<String, Tensor> before = model.parameters();
            model.step(Batch.ofInputs(inputs()), outputs -> LossResult.of(1, Tensor.zeros(SAMPLES, 2)));
            assertThat(model.parameters().get("first.runningVariance"))
                    .isNotEqualTo(before.get("first.runningVariance"));
        }
    }
}
