package dev.lossforge.runtime.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lossforge.runtime.data.Dataset;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.metric.Metrics;
import dev.lossforge.runtime.model.CompileOptions;
import dev.lossforge.runtime.model.Sequential;
import dev.lossforge.runtime.optimizer.Adam;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Tensor;
import dev.lossforge.runtime.training.FitOptions;
import dev.lossforge.runtime.training.TrainingSnapshot;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Training on a stream of samples. */
class StreamedTrainingTest {
    private static Tensor random(int samples, int width) {
        SplittableRandom random = new SplittableRandom(samples);
        Tensor values = Tensor.zeros(samples, width);
        for (int i = 0; i < values.size(); i++) {
            values.array()[i] = (float) random.nextDouble(-1, 1);
        }
        return values;
    }

    @Test
    void aStreamTrainsAndResumesToTheLastBit() {
        Tensor inputs = random(40, 3);
        int[] labels = IntStream.range(0, 40).map(i -> i % 3).toArray();
        Dataset all = Dataset.of(inputs, IntTensor.vector(labels));
        Dataset stream = Dataset.streamed(
                40,
                8,
                () -> IntStream.range(0, 8)
                        .mapToObj(i -> all.skip(5 * i).take(5))
                        .iterator());
        FitOptions options = FitOptions.epochs(2).withBatchSize(6);
        SnapshotMemory memory = new SnapshotMemory();
        Sequential model =
                Sequential.builder().input(3).add(Dense.of(3)).seed(1).build();
        CompileOptions compile = CompileOptions.of(Adam.of(0.01), TestLosses.softmaxCrossEntropy())
                .withMetrics(Metrics.accuracy())
                .withBackend("cpu")
                .withThreads(2);
        try (model) {
            model.compile(compile);
            model.fit(stream, options.withCheckpointer(memory));
            assertThat(model.evaluate(stream).loss())
                    .isEqualTo(model.evaluate(all).loss());
            for (TrainingSnapshot snapshot : memory.snapshots()) {
                try (Sequential other =
                        Sequential.builder().input(3).add(Dense.of(3)).seed(1).build()) {
                    other.compile(compile);
                    other.resume(stream, options, snapshot);
                    assertThat(other.parameters()).isEqualTo(model.parameters());
                }
            }
        }
        assertThat(memory.snapshots()).hasSize(1 + 2 * 7 + 2);
    }
}
