package dev.lossforge.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.model.CompileOptions;
import dev.lossforge.runtime.model.Sequential;
import dev.lossforge.runtime.optimizer.Adam;
import dev.lossforge.runtime.tensor.Tensor;
import dev.lossforge.runtime.training.FitOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Workers that hang or fail in the middle of a training. */
@Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LostWorkersTest {
    private static final Points POINTS = Points.random(320);
    private static final FitOptions SHUFFLED = FitOptions.epochs(3).withBatchSize(32);
    private static final SparkTrainer TRAINER = SparkTrainer.of(2).withStepsPerJob(15);

    @TempDir
    private static Path folder;

    private static SparkSession spark;
    private static Map<String, Tensor> undisturbed = Map.of();

    @BeforeAll
    static void trainUndisturbed() {
        spark = Cluster.session();
        undisturbed = trained(TRAINER, 0);
    }

    private static Path hang() {
        return folder.resolve("hang");
    }

    private static Path fail() {
        return folder.resolve("fail");
    }

    private static TrainingReport train(SparkTrainer trainer, Sequential model) {
        HangingLoss loss = new HangingLoss(hang().toString(), fail().toString());
        return trainer.fit(model, CompileOptions.of(Adam.of(0.01), loss).withThreads(1), POINTS.rows(spark), SHUFFLED);
    }

    private static Map<String, Tensor> trained(SparkTrainer trainer, int leastFailures) {
        try (Sequential model = Points.model()) {
            TrainingReport report = train(trainer, model);
            assertThat(report.steps()).isEqualTo(30);
            assertThat(report.failures()).isGreaterThanOrEqualTo(leastFailures);
            return model.parameters();
        }
    }

    private static void assertUndisturbed(Map<String, Tensor> parameters) {
        assertThat(parameters.keySet()).isEqualTo(undisturbed.keySet());
        undisturbed.forEach((name, values) ->
                assertThat(parameters.get(name).array()).as(name).isEqualTo(values.array()));
    }

    /** The other worker gives it up, and its executor is ended, as it does not end by itself. */
    @Test
    void endsWithTheSameBitsAfterAWorkerHangs() throws IOException {
        Files.createFile(hang());
        assertUndisturbed(trained(TRAINER.withTimeLimit(Duration.ofSeconds(3)).withFailures(10), 1));
        assertThat(hang()).doesNotExist();
    }

    /** Not merely that the other worker lost it. */
    @Test
    void saysWhyAWorkerFailed() throws IOException {
        Files.createFile(fail());
        try (Sequential model = Points.model()) {
            assertThatThrownBy(() -> train(TRAINER, model))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessage(HangingLoss.REASON);
        }
    }
}
