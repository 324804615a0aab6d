package dev.lossforge.runtime.tornadovm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lossforge.losses.SoftmaxCrossEntropyLoss;
import dev.lossforge.runtime.callback.Callback.Monitor;
import dev.lossforge.runtime.callback.EarlyStopping;
import dev.lossforge.runtime.callback.LearningRateScheduler;
import dev.lossforge.runtime.callback.LearningRateScheduler.Schedule;
import dev.lossforge.runtime.checkpoint.Checkpoints;
import dev.lossforge.runtime.checkpoint.Checkpoints.Checkpoint;
import dev.lossforge.runtime.data.Dataset;
import dev.lossforge.runtime.layer.Activation;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.layer.Dropout;
import dev.lossforge.runtime.metric.History;
import dev.lossforge.runtime.metric.Metrics;
import dev.lossforge.runtime.model.CompileOptions;
import dev.lossforge.runtime.model.Sequential;
import dev.lossforge.runtime.optimizer.AdamW;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Tensor;
import dev.lossforge.runtime.training.FitOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From a checkpoint on disk a device goes on with the same bits: with dropout, moments, a schedule and a last batch
 * that is smaller.
 */
class DeviceResumeTest {
    private static final int FEATURES = 6;
    private static final int CLASSES = 3;

    @TempDir
    private Path folder;

    private final Dataset data = samples(42);

    private static Dataset samples(int count) {
        SplittableRandom random = new SplittableRandom(8);
        return Dataset.of(
                SameModels.random(random, count, FEATURES),
                IntTensor.over(random.ints(count, 0, CLASSES).toArray(), count));
    }

    private static Sequential model() {
        Sequential model = Sequential.builder()
                .input(FEATURES)
                .add(Dense.of(9, Activation.RELU))
                .add(Dropout.of(0.3))
                .add(Dense.of(CLASSES))
                .seed(11)
                .build();
        model.compile(CompileOptions.of(AdamW.of(0.01).withWeightDecay(0.1), new SoftmaxCrossEntropyLoss())
                .withMetrics(Metrics.accuracy())
                .withBackend("tornadovm"));
        return model;
    }

    private FitOptions options() {
        return FitOptions.epochs(3)
                .withBatchSize(16)
                .withValidation(data.take(10))
                .withCallback(LearningRateScheduler.everyStep(new Schedule.Cosine(0.02, 0.001, 9)))
                .withCallback(EarlyStopping.after(2, Monitor.validationLoss()).restoringBest());
    }

    @Test
    void everyCheckpointLeadsToTheSameBits() throws IOException {
        History expected;
        Map<String, Tensor> weights;
        try (Sequential whole = model();
                Checkpoints checkpoints = Checkpoints.in(folder).everySteps(1).keeping(100)) {
            expected = whole.fit(data, options().withCheckpointer(checkpoints));
            weights = whole.parameters();
        }
        List<Path> all = Checkpoints.list(folder);
        assertThat(all).hasSizeGreaterThan(8);
        for (Path path : List.of(all.get(1), all.get(all.size() / 2), all.get(all.size() - 2))) {
            Checkpoint checkpoint = Checkpoints.read(path);
            try (Sequential resumed = model()) {
                History history = resumed.resume(data, options(), checkpoint.snapshot());
                assertThat(history.epochs().stream().map(e -> e.scores()))
                        .as(path.toString())
                        .containsExactlyElementsOf(
                                expected.epochs().stream().map(e -> e.scores()).toList());
                resumed.parameters()
                        .forEach((name, tensor) -> assertThat(tensor.array())
                                .as("%s of %s", name, path)
                                .containsExactly(weights.get(name).array()));
            }
        }
    }
}
