package dev.lossforge.spark.internal.driver;

import dev.lossforge.runtime.training.TrainingSnapshot;
import dev.lossforge.spark.internal.data.Sample;
import dev.lossforge.spark.internal.ring.Token;
import dev.lossforge.spark.internal.worker.Assignment;
import dev.lossforge.spark.internal.worker.Outcome;
import dev.lossforge.spark.internal.worker.SnapshotFiles;
import dev.lossforge.spark.internal.worker.WorkerTask;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * The jobs of a training, one after another. Each is a barrier stage of some steps, which ends with the state of the
 * training. A failed job is run again from the state before it, because Spark does not retry such a stage itself.
 */
final class Jobs {
    private static final ClassTag<Outcome> OUTCOME = ClassTag$.MODULE$.apply(Outcome.class);

    /**
     * A property of Spark: when a task fails, the threads of all other tasks are interrupted, including those that
     * hang.
     */
    private static final String INTERRUPTING = "spark.job.interruptOnCancel";

    private static final String REAPER = "spark.task.reaper.enabled";
    private static final String REAPER_LIMIT = "spark.task.reaper.killTimeout";

    private final TrainerOptions options;
    private final JavaPairRDD<Long, Sample> shares;
    private final JavaSparkContext context;
    private final Broadcast<Assignment> assignment;
    private final Progress progress;
    private final LostExecutors lost;
    private List<Long> checksums = List.of();
    private int failuresInARow;

    Jobs(
            TrainerOptions options,
            JavaPairRDD<Long, Sample> shares,
            Assignment assignment,
            Progress progress,
            LostExecutors lost) {
        this.options = options;
        this.shares = shares;
        this.context = JavaSparkContext.fromSparkContext(shares.context());
        this.assignment = context.broadcast(assignment);
        this.progress = progress;
        this.lost = lost;
    }

    /** Runs all jobs; returns the final state of the training. */
    TrainingSnapshot run() throws IOException {
        warnIfTasksMayStay();
        try {
            Optional<TrainingSnapshot> before = progress.before();
            SnapshotFiles files = before.map(SnapshotFiles::of).orElse(null);
            while (true) {
                List<Outcome> outcomes = attempt(files);
                if (!outcomes.isEmpty()) {
                    files = state(outcomes);
                    TrainingSnapshot snapshot = files.toSnapshot();
                    progress.add(outcomes, snapshot);
                    if (outcomes.getFirst().end() == Outcome.End.DONE) {
                        return snapshot;
                    }
                }
            }
        } finally {
            assignment.destroy();
        }
    }

    private void warnIfTasksMayStay() {
        if (!context.isLocal() && !context.getConf().getBoolean(REAPER, false)) {
            log("Spark does not end executors whose tasks hang; set " + REAPER + " to true, and " + REAPER_LIMIT
                    + " to a minute or so, or a worker that hangs keeps its cores.");
        }
    }

    private static void log(String warning) {
        System.getLogger(Jobs.class.getName()).log(System.Logger.Level.WARNING, warning);
    }

    /** Runs a job; returns an empty list if it must be run again. */
    private List<Outcome> attempt(@Nullable SnapshotFiles from) {
        Broadcast<SnapshotFiles> state = from == null ? null : context.broadcast(from);
        try {
            List<Outcome> outcomes = outcomes(state);
            failuresInARow = 0;
            return outcomes;
        } catch (Exception e) {
            if (!(e instanceof SparkException)) {
                throw e;
            }
            String lasting = Failures.lasting(e);
            if (lasting != null) {
                throw Failures.explained(lasting, e);
            }
            if (!Failures.isForLackOfSlots(e)) {
                again(Failures.reason(e), e);
                lost.note();
            } else if (!lost.mayReturn()) {
                throw Failures.explained(Failures.tooFewSlots(options.workers()), e);
            }
        } finally {
            if (state != null) {
                state.destroy();
            }
        }
        return List.of();
    }

    private void again(String why, Exception cause) {
        progress.failed();
        failuresInARow++;
        if (failuresInARow >= options.failures()) {
            throw Failures.explained(
                    "The training ended because its job failed " + failuresInARow + " times in a row; the last time: "
                            + why,
                    cause);
        }
        log("A job of the training failed and is run again: " + why);
    }

    /** Runs the workers. Each job has its own token, so that no worker of an earlier job can join. */
    private List<Outcome> outcomes(@Nullable Broadcast<SnapshotFiles> state) {
        WorkerTask task = new WorkerTask(assignment, state, checksums, Token.random());
        String before = context.getLocalProperty(INTERRUPTING);
        context.setLocalProperty(INTERRUPTING, "true");
        try {
            return new JavaRDD<>(shares.rdd().barrier().mapPartitions(task, false, OUTCOME), OUTCOME)
                    .collect().stream()
                            .sorted(Comparator.comparingInt(Outcome::rank))
                            .toList();
        } finally {
            context.setLocalProperty(INTERRUPTING, before);
        }
    }

    /** The state after a job, on which all workers must agree. */
    private SnapshotFiles state(List<Outcome> outcomes) {
        for (Outcome outcome : outcomes) {
            if (!outcome.digest().equals(outcomes.getFirst().digest())) {
                throw new IllegalStateException(
                        "The parameters of worker " + outcome.rank() + " differ from those of worker 0.");
            }
        }
        checksums = outcomes.stream().map(Outcome::checksum).toList();
        SnapshotFiles files = outcomes.getFirst().snapshot();
        if (files == null) {
            throw new IllegalStateException("Worker 0 sent no state.");
        }
        return files;
    }
}
