package dev.lossforge.spark;

import dev.lossforge.runtime.metric.History;
import java.util.List;
import java.util.Optional;

/**
 * A training on Spark, complete or as far as it is.
 *
 * @param history the losses of the epochs that are done: the mean over the workers of what each saw with its samples
 * @param steps that are done, those of an earlier driver included
 * @param workers by number
 * @param jobs of Spark that went well
 * @param failures jobs that did not, and were run again
 * @param seconds since the training began, or was taken up from a checkpoint
 */
public record TrainingReport(
        History history, long steps, List<WorkerTimes> workers, int jobs, int failures, double seconds) {

    /** How much longer than the middle one a worker computes until it is called a straggler. */
    private static final double STRAGGLING = 1.5;

    public TrainingReport {
        workers = List.copyOf(workers);
    }

    /** The worker that the others wait for, if it takes half as long again as most. */
    public Optional<WorkerTimes> straggler() {
        double[] times =
                workers.stream().mapToDouble(WorkerTimes::compute).sorted().toArray();
        double middle = times.length == 0 ? 0 : times[(times.length - 1) / 2];
        return workers.stream()
                .filter(worker -> worker.compute() > STRAGGLING * middle)
                .max((one, other) -> Double.compare(one.compute(), other.compute()));
    }

    /** All workers in one line, as in "step 400, 2 workers: 81 % compute, 4 % communication, 15 % waiting". */
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
