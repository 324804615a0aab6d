package dev.lossforge.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.lossforge.losses.SoftmaxCrossEntropyLoss;
import dev.lossforge.runtime.model.CompileOptions;
import dev.lossforge.runtime.model.Sequential;
import dev.lossforge.runtime.optimizer.Adam;
import dev.lossforge.runtime.tensor.Tensor;
import dev.lossforge.runtime.training.FitOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A training that loses an executor, at any moment, ends with the same bits as one that was left alone.
 * {@code -Dlossforge.kills=20} kills more often.
 */
class KilledExecutorsTest {
    private static final int KILLS = Integer.getInteger("lossforge.kills", 1);

    /** For a training that does not go on; the machine may be busy with others. */
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private static final Points POINTS = Points.random(320);
    private static final FitOptions SHUFFLED = FitOptions.epochs(3).withBatchSize(32);

    /** What a training ended with, and how long it took. */
    private record Outcome(Map<String, Tensor> parameters, TrainingReport report, double seconds) {}

    private static Outcome train(SparkSession spark, Path checkpoints) {
        long start = System.nanoTime();
        try (Sequential model = Points.model()) {
            CompileOptions compile = CompileOptions.of(Adam.of(0.01), new SoftmaxCrossEntropyLoss());
            TrainingReport report = SparkTrainer.of(2)
                    .withStepsPerJob(8)
                    .withCheckpoints(checkpoints)
                    .fit(model, compile, POINTS.rows(spark), SHUFFLED);
            return new Outcome(model.parameters(), report, (System.nanoTime() - start) * 1e-9);
        }
    }

    private static ProcessHandle anyExecutor(SparkSession spark, SplittableRandom random) {
        List<Long> executors = JavaSparkContext.fromSparkContext(spark.sparkContext())
                .parallelize(List.of(0, 1), 2)
                .map(any -> ProcessHandle.current().pid())
                .collect();
        return ProcessHandle.of(executors.get(random.nextInt(executors.size()))).orElseThrow();
    }

    @Test
    void endsWithTheSameBitsWheneverAnExecutorIsKilled(@TempDir Path folder) {
        SparkSession spark = Cluster.session();
        SplittableRandom random = new SplittableRandom();
        Outcome undisturbed = train(spark, folder.resolve("undisturbed"));
        double seconds = undisturbed.seconds();
        int kills = 0;
        for (int number = 0; kills < KILLS; number++) {
            Path checkpoints = folder.resolve("run" + number);
            ProcessHandle executor = anyExecutor(spark, random);
            long delay = random.nextLong((long) (1000 * seconds));
            CompletableFuture<Boolean> killed = CompletableFuture.supplyAsync(
                    executor::destroyForcibly, CompletableFuture.delayedExecutor(delay, TimeUnit.MILLISECONDS));
            Outcome outcome = assertTimeoutPreemptively(LIMIT, () -> train(spark, checkpoints));
            if (killed.cancel(false)) {
                seconds = outcome.seconds(); // it ended first, so that the next may come sooner
                continue;
            }
            kills++;
            assertThat(killed).as("kill %d after %d ms", kills, delay).isCompletedWithValue(true);
            System.out.printf(
                    Locale.ROOT,
                    "killed after %.1f s: %d jobs run again, %.1f s instead of %.1f s%n",
                    delay / 1000.0,
                    outcome.report().failures(),
                    outcome.seconds(),
                    seconds);
            assertThat(outcome.report().steps()).isEqualTo(30);
            assertThat(outcome.report().line()).contains("step 30, 2 workers");
            assertThat(outcome.parameters())
                    .as("kill %d after %d ms", kills, delay)
                    .isEqualTo(undisturbed.parameters());
            if (kills == 1) {
                // The checkpoint is complete: to train on from it takes no step.
                assertThat(train(spark, checkpoints).parameters()).isEqualTo(undisturbed.parameters());
            }
        }
    }
}
