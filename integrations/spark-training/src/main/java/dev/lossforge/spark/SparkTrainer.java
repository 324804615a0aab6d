package dev.lossforge.spark;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.callback.LearningRateScheduler.Schedule;
import dev.lossforge.runtime.data.Batch.Weighting;
import dev.lossforge.runtime.model.CompileOptions;
import dev.lossforge.runtime.model.Model;
import dev.lossforge.runtime.training.FitOptions;
import dev.lossforge.spark.internal.driver.Driver;
import dev.lossforge.spark.internal.driver.TrainerOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * Trains a model data-parallel on Spark. The workers are tasks of a barrier stage. Each has an equal share of the rows,
 * and computes the gradients of its share of every batch. The workers sum the gradients in a ring, and all take the
 * same step.
 *
 * <pre>{@code
 * Dataset<Row> rows = spark.read().parquet("digits.parquet");   // columns "features" and "label"
 * SparkTrainer.of(2)
 *     .fit(model, CompileOptions.of(Adam.of(0.001), new SoftmaxCrossEntropyLoss()), rows,
 *         FitOptions.epochs(3).withBatchSize(128));
 * }</pre>
 *
 * <p>The following holds:
 *
 * <ul>
 *   <li>The weights of all workers are bit-identical, and so are the weights of equal trainings.
 *   <li>A step equals a step of one machine with the batch of all workers, up to the order of floating-point sums.
 *   <li>A training ends with the same bits whether or not executors are lost: the driver runs a lost job again, from
 *       the state after the last successful job.
 * </ul>
 *
 * <p>The rows are dealt to the workers in turn, so that all have the same number. Remaining rows, which are fewer than
 * the workers, are left out. Each worker shuffles its own rows, in its own order. A model is compiled for the CPU, with
 * as many threads as a task of Spark has cores.
 */
public final class SparkTrainer {
    private final TrainerOptions options;

    private SparkTrainer(TrainerOptions options) {
        this.options = options;
    }

    /** A trainer with this number of workers, which the cluster must be able to run at once. */
    public static SparkTrainer of(int workers) {
        return new SparkTrainer(TrainerOptions.of(requirePositive("number of workers", workers)));
    }

    private static int requirePositive(String what, int value) {
        if (value < 1) {
            throw new ConfigurationException("The " + what + " is at least 1, but " + value + " is given.");
        }
        return value;
    }

    /**
     * Sets the number of steps per job; 1000 by default. If an executor is lost, at most these steps are lost. Starting
     * a job takes a second or more, in which the workers find each other.
     */
    public SparkTrainer withStepsPerJob(int steps) {
        return new SparkTrainer(options.withStepsPerJob(requirePositive("number of steps per job", steps)));
    }

    /**
     * Sets how long a worker may send nothing before the others give it up; 60 seconds by default. If no interrupt ends
     * such a worker, it keeps its core until Spark kills its executor. Spark does so only if
     * {@code spark.task.reaper.enabled} is set.
     */
    public SparkTrainer withTimeLimit(Duration limit) {
        if (limit.isNegative() || limit.isZero()) {
            throw new ConfigurationException("The time limit is above 0, but " + limit + " is given.");
        }
        return new SparkTrainer(options.withLimit(limit));
    }

    /** Sets the number of failures in a row after which the training ends; 4 by default. */
    public SparkTrainer withFailures(int max) {
        return new SparkTrainer(options.withFailures(requirePositive("number of failures", max)));
    }

    /**
     * Local SGD, for slow networks: each worker takes its own steps, and after every {@code steps} steps the workers
     * average their models, including the optimizer's state. The time limit must be longer than these steps take.
     */
    public SparkTrainer withAveragingEvery(int steps) {
        return new SparkTrainer(options.withAverageEvery(requirePositive("number of steps between averages", steps)));
    }

    /** Sets the learning rate by this schedule, whose time counts the steps. */
    public SparkTrainer withSchedule(Schedule schedule) {
        return new SparkTrainer(options.withSchedule(Optional.of(schedule)));
    }

    /**
     * Sets the column of an input or a target. By default, a single input is in {@code features}, a single target is in
     * {@code label}, and each of several is in the column of its name.
     */
    public SparkTrainer withColumn(String inputOrTarget, String column) {
        Map<String, String> columns = new LinkedHashMap<>(options.columns());
        columns.put(inputOrTarget, column);
        return new SparkTrainer(options.withColumns(columns));
    }

    /**
     * Sets the column of weights in all losses: one per sample, or an array as the target's. Each of several losses is
     * divided by what it counts in the batch of all workers; with weights or masks, the workers tell each other in
     * another round of the ring.
     */
    public SparkTrainer withWeights(String column) {
        return withWeights(Weighting.ALL, column);
    }

    /** Sets the column of weights in the losses of one target. */
    public SparkTrainer withWeights(String target, String column) {
        return new SparkTrainer(options.withCounting(options.counting().withWeights(target, column)));
    }

    /** Sets the column of a mask, whose zeros are left out: one number per sample, or an array as the target's. */
    public SparkTrainer withMask(String column) {
        return withMask(Weighting.ALL, column);
    }

    /** Sets the column of a mask in the losses of one target. */
    public SparkTrainer withMask(String target, String column) {
        return new SparkTrainer(options.withCounting(options.counting().withMask(target, column)));
    }

    /** Leaves out the labels of this index, such as 255 or −100; for data with one target. */
    public SparkTrainer ignoring(int index) {
        return ignoring(Weighting.ALL, index);
    }

    /** Leaves out the labels of this index of one target. */
    public SparkTrainer ignoring(String target, int index) {
        return new SparkTrainer(options.withCounting(options.counting().ignoring(target, index)));
    }

    /**
     * Saves the training after every job to this folder of the driver's machine. A training that is already in the
     * folder is continued, for example after its driver died, or for more epochs.
     */
    public SparkTrainer withCheckpoints(Path folder) {
        return new SparkTrainer(options.withCheckpoints(Optional.of(folder)));
    }

    /** Sets a listener that receives a report after every job. */
    public SparkTrainer withListener(Consumer<TrainingReport> listener) {
        return new SparkTrainer(options.withListener(listener));
    }

    /**
     * Trains the model. Its parameters are then those of the workers at the end.
     *
     * @param compile losses, optimizer and other options; its threads, metrics and backend are ignored
     * @param rows data with columns of numbers, or of arrays of numbers
     * @param fit epochs, batch size over all workers, and shuffling; callbacks, validation data and checkpointers are
     *     refused
     * @throws ConfigurationException if the model cannot be trained this way, the rows do not fit it, the training
     *     diverged, or the cluster cannot run it
     */
    public TrainingReport fit(Model model, CompileOptions compile, Dataset<Row> rows, FitOptions fit) {
        return fit(model, compile, rows.javaRDD(), rows.schema(), fit);
    }

    /** As {@link #fit(Model, CompileOptions, Dataset, FitOptions)}, without a session. */
    public TrainingReport fit(
            Model model, CompileOptions compile, JavaRDD<Row> rows, StructType schema, FitOptions fit) {
        return new Driver(options, model, compile, fit).run(rows, schema);
    }
}
