package dev.lossforge.spark;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.model.CompileOptions;
import dev.lossforge.runtime.model.Model;
import dev.lossforge.runtime.optimizer.Schedule;
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
 * Trains a model data-parallel on Spark. Each of the workers, which are tasks of a barrier stage, has an equal share of
 * the rows and computes the gradients of its share of every batch; the workers sum them in a ring among themselves, and
 * all take the same step.
 *
 * <pre>{@code
 * Dataset<Row> rows = spark.read().parquet("digits.parquet");   // columns "features" and "label"
 * SparkTrainer.of(2)
 *     .fit(model, CompileOptions.of(Adam.of(0.001), new SoftmaxCrossEntropyLoss()), rows,
 *         FitOptions.epochs(3).withBatchSize(128));
 * }</pre>
 *
 * <p>What holds:
 *
 * <ul>
 *   <li>The weights of all workers are equal to the last bit, and so are those of equal trainings.
 *   <li>A step is that of one machine with the batch of all workers, up to the order of floating-point sums.
 *   <li>A training ends with the same bits whether or not executors are lost on the way: the driver begins the job anew
 *       that was lost, from the last one that went well.
 * </ul>
 *
 * <p>The rows are dealt out in turn, so that each worker has as many; what is left over, fewer rows than workers, is
 * left out. Each shuffles its own, in an order of its own. A model is compiled for the CPU, with as many threads as a
 * task of Spark has cores.
 */
public final class SparkTrainer {
    private final TrainerOptions options;

    private SparkTrainer(TrainerOptions options) {
        this.options = options;
    }

    /** With so many workers, which the cluster must be able to run at once. */
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
     * Begins a new job after so many steps; 200 by default. At most these steps are lost with an executor. A job costs
     * a start of some tenths of a second up to seconds.
     */
    public SparkTrainer withStepsPerJob(int steps) {
        return new SparkTrainer(options.withStepsPerJob(requirePositive("number of steps per job", steps)));
    }

    /**
     * How long a worker may send nothing until the others give it up; 60 seconds by default. It keeps its core, if no
     * interrupt ends it, until Spark ends its executor, for which {@code spark.task.reaper.enabled} must be set.
     */
    public SparkTrainer withTimeLimit(Duration limit) {
        if (limit.isNegative() || limit.isZero()) {
            throw new ConfigurationException("The time limit is above 0, but " + limit + " is given.");
        }
        return new SparkTrainer(options.withLimit(limit));
    }

    /** How often in a row a job may fail; 4 by default. */
    public SparkTrainer withFailures(int most) {
        return new SparkTrainer(options.withFailures(requirePositive("number of failures", most)));
    }

    /**
     * Local SGD, for slow networks: each worker takes steps of its own, and every so many steps they average their
     * models, the optimizer's state included. The time limit must be longer than these steps take.
     */
    public SparkTrainer withAveragingEvery(int steps) {
        return new SparkTrainer(options.withAverageEvery(requirePositive("number of steps between averages", steps)));
    }

    /** Changes the learning rate by this schedule, whose time counts the steps. */
    public SparkTrainer withSchedule(Schedule schedule) {
        return new SparkTrainer(options.withSchedule(Optional.of(schedule)));
    }

    /**
     * The column of an input or a target of this name. By default an only input is in {@code features}, an only target
     * in {@code label}, and each of several in the column of its name.
     */
    public SparkTrainer withColumn(String inputOrTarget, String column) {
        Map<String, String> columns = new LinkedHashMap<>(options.columns());
        columns.put(inputOrTarget, column);
        return new SparkTrainer(options.withColumns(columns));
    }

    /** The column of the samples' weights. */
    public SparkTrainer withWeights(String column) {
        return new SparkTrainer(options.withWeights(Optional.of(column)));
    }

    /**
     * Also keeps the training in this folder of the driver's machine after every job. If there is one in it already, it
     * is continued: after its driver died, or for more epochs.
     */
    public SparkTrainer withCheckpoints(Path folder) {
        return new SparkTrainer(options.withCheckpoints(Optional.of(folder)));
    }

    /** Told after every job how far the training is. */
    public SparkTrainer withListener(Consumer<TrainingReport> listener) {
        return new SparkTrainer(options.withListener(listener));
    }

    /**
     * Trains the model, whose parameters are then those that the workers ended with.
     *
     * @param compile losses, optimizer and the rest; threads, metrics and backend in it do not matter here
     * @param rows with columns of numbers, or of arrays of numbers
     * @param fit epochs, batch size of all workers together, shuffling; no callbacks, validation or checkpointer
     * @throws ConfigurationException if the model cannot be trained so, the rows are not what it takes, the training
     *     diverged, or the cluster cannot do it
     */
    public TrainingReport fit(Model model, CompileOptions compile, Dataset<Row> rows, FitOptions fit) {
        return fit(model, compile, rows.javaRDD(), rows.schema(), fit);
    }

    /** As {@link #fit(Model, CompileOptions, Dataset, FitOptions)}, for rows without a session. */
    public TrainingReport fit(
            Model model, CompileOptions compile, JavaRDD<Row> rows, StructType schema, FitOptions fit) {
        return new Driver(options, model, compile, fit).run(rows, schema);
    }
}
