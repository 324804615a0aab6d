package dev.lossforge.runtime.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lossforge.runtime.callback.Callback.Monitor;
import dev.lossforge.runtime.callback.EarlyStopping;
import dev.lossforge.runtime.callback.LearningRateScheduler;
import dev.lossforge.runtime.callback.LearningRateScheduler.Schedule;
import dev.lossforge.runtime.callback.TerminateOnNaN;
import dev.lossforge.runtime.checkpoint.Checkpoints;
import dev.lossforge.runtime.checkpoint.Checkpoints.Checkpoint;
import dev.lossforge.runtime.cpu.internal.kernel.RandomFloats;
import dev.lossforge.runtime.data.Dataset;
import dev.lossforge.runtime.layer.Activation;
import dev.lossforge.runtime.layer.Conv2D;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.layer.Dropout;
import dev.lossforge.runtime.layer.Flatten;
import dev.lossforge.runtime.layer.MaxPool2D;
import dev.lossforge.runtime.metric.History;
import dev.lossforge.runtime.metric.Metrics;
import dev.lossforge.runtime.model.CompileOptions;
import dev.lossforge.runtime.model.Sequential;
import dev.lossforge.runtime.optimizer.Adam;
import dev.lossforge.runtime.optimizer.AdamW;
import dev.lossforge.runtime.optimizer.Optimizer;
import dev.lossforge.runtime.optimizer.Optimizer.GradientClipping;
import dev.lossforge.runtime.optimizer.Sgd;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Tensor;
import dev.lossforge.runtime.training.FitOptions;
import dev.lossforge.runtime.training.NonFiniteLossException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * From a checkpoint on disk the CPU goes on with the same bits: with dropout, moments, a schedule and several workers.
 */
class CpuResumeTest {
    @TempDir
    private Path folder;

    private final Dataset data = images(70);

    private static Dataset images(int samples) {
        SplittableRandom random = new SplittableRandom(8);
        float[] pixels = RandomFloats.of(samples * 64, random);
        return Dataset.of(
                Tensor.over(pixels, samples, 8, 8, 1),
                IntTensor.vector(random.ints(samples, 0, 3).toArray()));
    }

    private static Sequential model(Optimizer optimizer, int threads) {
        Sequential model = Sequential.builder()
                .input(8, 8, 1)
                .add(Conv2D.of(4, 3, Activation.RELU))
                .add(MaxPool2D.of(2))
                .add(Flatten.of())
                .add(Dropout.of(0.3))
                .add(Dense.of(3))
                .seed(11)
                .build();
        model.compile(CompileOptions.of(optimizer, TestLosses.softmaxCrossEntropy())
                .withMetrics(Metrics.accuracy())
                .withClipping(new GradientClipping.ByGlobalNorm(0.5))
                .withBackend("cpu")
                .withThreads(threads));
        return model;
    }

    private FitOptions options() {
        return FitOptions.epochs(3)
                .withBatchSize(16)
                .withValidation(data.take(20))
                .withCallback(
                        LearningRateScheduler.everyStep(new Schedule.WarmUp(4, new Schedule.Cosine(0.02, 0.001, 11))))
                .withCallback(EarlyStopping.after(2, Monitor.validationLoss()).restoringBest());
    }

    private static List<Object> numbers(History history) {
        List<Object> numbers = new ArrayList<>();
        for (History.Epoch epoch : history.epochs()) {
            numbers.add(epoch.scores());
            numbers.add(epoch.validation());
        }
        return numbers;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void everyCheckpointLeadsToTheSameBits(int threads) throws IOException {
        for (Optimizer optimizer :
                List.of(Adam.of(0.01), AdamW.of(0.01), Sgd.of(0.1).withNesterovMomentum(0.9))) {
            Path checkpointsFolder = folder.resolve(optimizer.getClass().getSimpleName());
            History expected;
            Map<String, Tensor> weights;
            try (Sequential whole = model(optimizer, threads);
                    Checkpoints checkpoints =
                            Checkpoints.in(checkpointsFolder).everySteps(1).keeping(100)) {
                expected = whole.fit(data, options().withCheckpointer(checkpoints));
                weights = whole.parameters();
            }
            List<Path> all = Checkpoints.list(checkpointsFolder);
            assertThat(all).hasSizeGreaterThan(12);
            for (Path path : all) {
                Checkpoint checkpoint = Checkpoints.read(path);
                try (Sequential resumed = model(optimizer, threads)) {
                    History history = resumed.resume(data, options(), checkpoint.snapshot());
                    assertThat(numbers(history)).as(path.toString()).isEqualTo(numbers(expected));
                    assertThat(resumed.parameters()).as(path.toString()).isEqualTo(weights);
                }
            }
        }
    }

    @Test
    void aDivergedTrainingLeavesTheLastGoodWeightsOnDisk() throws IOException {
        Dataset poisoned = images(70);
        poisoned.inputs().array()[65 * 64] = Float.NaN;
        Map<String, Tensor> weights;
        try (Sequential model = model(Adam.of(0.01), 2);
                Checkpoints checkpoints = Checkpoints.in(folder)) {
            FitOptions options = options().inOrder().withCheckpointer(checkpoints);
            assertThatThrownBy(() -> model.fit(poisoned, options))
                    .isInstanceOf(NonFiniteLossException.class)
                    .hasMessageContaining("epoch 1, step 5");
            weights = model.parameters();
        }
        assertThat(weights.values()).allSatisfy(tensor -> {
            for (float value : tensor.array()) {
                assertThat(value).isFinite();
            }
        });
        Path last = Checkpoints.list(folder).getFirst();
        assertThat(last).hasFileName("epoch-0001-step-000004");
        assertThat(Checkpoints.read(last).snapshot().parameters()).isEqualTo(weights);
        try (Sequential model = model(Adam.of(0.01), 2)) {
            History history = model.fit(poisoned, options().inOrder().withCallback(new TerminateOnNaN()));
            assertThat(history.epochs()).hasSize(1);
        }
    }
}
