package dev.lossforge.spark.internal.driver;

import dev.lossforge.runtime.optimizer.Schedule;
import dev.lossforge.spark.TrainingReport;
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
        Optional<String> weights,
        Optional<Path> checkpoints,
        Consumer<TrainingReport> listener) {

    public TrainerOptions {
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    }

    /** The default options. */
    public static TrainerOptions of(int workers) {
        return new TrainerOptions(
                workers,
                200,
                Duration.ofSeconds(60),
                4,
                0,
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                report -> {});
    }

    public TrainerOptions withStepsPerJob(int value) {
        return new TrainerOptions(
                workers, value, limit, failures, averageEvery, schedule, columns, weights, checkpoints, listener);
    }

    public TrainerOptions withLimit(Duration value) {
        return new TrainerOptions(
                workers, stepsPerJob, value, failures, averageEvery, schedule, columns, weights, checkpoints, listener);
    }

    public TrainerOptions withFailures(int value) {
        return new TrainerOptions(
                workers, stepsPerJob, limit, value, averageEvery, schedule, columns, weights, checkpoints, listener);
    }

    public TrainerOptions withAverageEvery(int value) {
        return new TrainerOptions(
                workers, stepsPerJob, limit, failures, value, schedule, columns, weights, checkpoints, listener);
    }

    public TrainerOptions withSchedule(Optional<Schedule> value) {
        return new TrainerOptions(
                workers, stepsPerJob, limit, failures, averageEvery, value, columns, weights, checkpoints, listener);
    }

    public TrainerOptions withColumns(Map<String, String> value) {
        return new TrainerOptions(
                workers, stepsPerJob, limit, failures, averageEvery, schedule, value, weights, checkpoints, listener);
    }

    public TrainerOptions withWeights(Optional<String> value) {
        return new TrainerOptions(
                workers, stepsPerJob, limit, failures, averageEvery, schedule, columns, value, checkpoints, listener);
    }

    public TrainerOptions withCheckpoints(Optional<Path> value) {
        return new TrainerOptions(
                workers, stepsPerJob, limit, failures, averageEvery, schedule, columns, weights, value, listener);
    }

    public TrainerOptions withListener(Consumer<TrainingReport> value) {
        return new TrainerOptions(
                workers, stepsPerJob, limit, failures, averageEvery, schedule, columns, weights, checkpoints, value);
    }
}
