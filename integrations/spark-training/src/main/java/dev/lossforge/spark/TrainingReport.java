package dev.lossforge.spark;

import dev.lossforge.runtime.metric.History;
import java.util.List;
import java.util.Optional;

/**
 * A training on Spark, complete or in progress.
 *
 * @param history the losses of the finished epochs: the mean over the workers of the loss over each worker's samples
 * @param steps the number of finished steps, including those under an earlier driver
 * @param workers the times of the workers, by number
 * @param jobs the number of successful jobs
 * @param failures the number of failed jobs, which were run again
 * @param seconds the time since the training began, or was resumed from a checkpoint
 */
public record TrainingReport(
        History history, long steps, List<WorkerTimes> workers, int jobs, int failures, double seconds) {

    /** The ratio of a worker's compute time to the median above which it is a straggler. */
    private static final double STRAGGLING = 1.5;

    public TrainingReport {
        workers = List.copyOf(workers);
    }

    /** The worker that the others wait for, if its compute time is more than 1.5 times the median. */
    public Optional<WorkerTimes> straggler() {
        double[] times =
                workers.stream().mapToDouble(WorkerTimes::compute).sorted().toArray();
        double middle = times.length == 0 ? 0 : times[(times.length - 1) / 2];
        return workers.stream()
                .filter(worker -> worker.compute() > STRAGGLING * middle)
                .max((one, other) -> Double.compare(one.compute(), other.compute()));
    }

    /** A summary in one line, as in "step 400, 2 workers: 81 % compute, 4 % communication, 15 % waiting". */
    public String line() {
        double compute = workers.stream().mapToDouble(WorkerTimes::compute).sum();
        double communication =
                workers.stream().mapToDouble(WorkerTimes::communication).sum();
        double waiting = workers.stream().mapToDouble(WorkerTimes::waiting).sum();
        double all = Math.max(compute + communication + waiting, Double.MIN_NORMAL);
        return "step %d, %d workers: %.0f %% compute, %.0f %% communication, %.0f %% waiting%s%s"
                .formatted(
                        steps,
                        workers.size(),
                        100 * compute / all,
                        100 * communication / all,
                        100 * waiting / all,
                        straggler()
                                .map(slow -> "; worker " + slow.worker() + " on " + slow.host() + " is slow")
                                .orElse(""),
                        failures == 0 ? "" : "; " + failures + (failures == 1 ? " job" : " jobs") + " run again");
    }
}
