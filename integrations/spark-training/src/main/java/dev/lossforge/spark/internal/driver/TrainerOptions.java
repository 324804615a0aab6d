package dev.lossforge.spark.internal.driver;

import dev.lossforge.runtime.callback.LearningRateScheduler.Schedule;
import dev.lossforge.spark.TrainingReport;
import dev.lossforge.spark.internal.data.Counting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The options of {@link dev.lossforge.spark.SparkTrainer}, which documents them. */
public record TrainerOptions(
        int workers,
        int stepsPerJob,
        Duration limit,
        int failures,
        int averageEvery,
        Optional<Schedule> schedule,
        Map<String, String> columns,
        Counting counting,
        Optional<Path> checkpoints,
        Consumer<TrainingReport> listener) {

    public TrainerOptions {
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    }

    /** The default options. */
    public static TrainerOptions of(int workers) {
        return new TrainerOptions(
                workers,
                1000,
                Duration.ofSeconds(60),
                4,
                0,
                Optional.empty(),
                Map.of(),
                Counting.EQUAL,
                Optional.empty(),
                report -> {});
    }

    public TrainerOptions withStepsPerJob(int value) {
        return new TrainerOptions(
                workers, value, limit, failures, averageEvery, schedule, columns, counting, checkpoints, listener);
    }

    public TrainerOptions withLimit(Duration value) {
        return new TrainerOptions(
                workers,
                stepsPerJob,
                value,
                failures,
                averageEvery,
                schedule,
                columns,
                counting,
                checkpoints,
                listener);
    }

    public TrainerOptions withFailures(int value) {
        return new TrainerOptions(
                workers, stepsPerJob, limit, value, averageEvery, schedule, columns, counting, checkpoints, listener);
    }

    public TrainerOptions withAverageEvery(int value) {
        return new TrainerOptions(
                workers, stepsPerJob, limit, failures, value, schedule, columns, counting, checkpoints, listener);
    }

    public TrainerOptions withSchedule(Optional<Schedule> value) {
        return new TrainerOptions(
                workers, stepsPerJob, limit, failures, averageEvery, value, columns, counting, checkpoints, listener);
    }

    public TrainerOptions withColumns(Map<String, String> value) {
        return new TrainerOptions(
                workers, stepsPerJob, limit, failures, averageEvery, schedule, value, counting, checkpoints, listener);
    }

    public TrainerOptions withCounting(Counting value) {
        return new TrainerOptions(
                workers, stepsPerJob, limit, failures, averageEvery, schedule, columns, value, checkpoints, listener);
    }

    public TrainerOptions withCheckpoints(Optional<Path> value) {
        return new TrainerOptions(
                workers, stepsPerJob, limit, failures, averageEvery, schedule, columns, counting, value, listener);
    }

    public TrainerOptions withListener(Consumer<TrainingReport> value) {
        return new TrainerOptions(
                workers, stepsPerJob, limit, failures, averageEvery, schedule, columns, counting, checkpoints, value);
    }
}
