package dev.lossforge.spark.internal.driver;

import dev.lossforge.runtime.checkpoint.Checkpoints;
import dev.lossforge.runtime.checkpoint.Checkpoints.Checkpoint;
import dev.lossforge.runtime.metric.History;
import dev.lossforge.runtime.training.TrainingSnapshot;
import dev.lossforge.runtime.training.TrainingSnapshot.Checkpointer;
import dev.lossforge.spark.TrainingReport;
import dev.lossforge.spark.WorkerTimes;
import dev.lossforge.spark.internal.worker.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The progress of a training, which is saved to the checkpoint folder, if there is one, and reported to the listener.
 */
final class Progress implements AutoCloseable {
    private final Consumer<TrainingReport> listener;
    private final @Nullable Checkpoints checkpoints;
    private final List<WorkerTimes> workers = new ArrayList<>();
    private final long start = System.nanoTime();
    private History history = new History(List.of());
    private long steps;
    private int jobs;
    private int failures;

    private Progress(Consumer<TrainingReport> listener, @Nullable Checkpoints checkpoints) {
        this.listener = listener;
        this.checkpoints = checkpoints;
    }

    static Progress in(TrainerOptions options) {
        return new Progress(
                options.listener(), options.checkpoints().map(Checkpoints::in).orElse(null));
    }

    /** The training in the folder, if there is one. */
    Optional<TrainingSnapshot> before() throws IOException {
        if (checkpoints == null) {
            return Optional.empty();
        }
        Optional<TrainingSnapshot> latest = checkpoints.latest(any -> {}).map(Checkpoint::snapshot);
        if (latest.isEmpty()) {
            return latest;
        }
        steps = latest.get().optimizer().step();
        history = new History(latest.get().epochs());
        return latest;
    }

    /** Records a successful job. */
    void add(List<Outcome> outcomes, TrainingSnapshot snapshot) {
        if (checkpoints != null) {
            checkpoints.checkpoint(Checkpointer.Moment.END, snapshot.optimizer().step(), () -> snapshot);
        }
        for (Outcome outcome : outcomes) {
            if (workers.size() <= outcome.rank()) {
                workers.add(times(outcome, new WorkerTimes(outcome.rank(), outcome.host(), 0, 0, 0, 0, 0)));
            } else {
                workers.set(outcome.rank(), times(outcome, workers.get(outcome.rank())));
            }
        }
        steps = snapshot.optimizer().step();
        history = new History(snapshot.epochs());
        jobs++;
        listener.accept(report());
    }

    private static WorkerTimes times(Outcome outcome, WorkerTimes before) {
        Outcome.Times more = outcome.times();
        return new WorkerTimes(
                outcome.rank(),
                outcome.host(),
                before.steps() + more.steps(),
                before.compute() + more.compute(),
                before.communication() + more.communication(),
                before.waiting() + more.waiting(),
                before.starting() + more.starting());
    }

    /** Records a failed job. */
    void failed() {
        failures++;
    }

    TrainingReport report() {
        return new TrainingReport(history, steps, workers, jobs, failures, (System.nanoTime() - start) * 1e-9);
    }

    @Override
    public void close() {
        if (checkpoints != null) {
            checkpoints.close();
        }
    }
}
