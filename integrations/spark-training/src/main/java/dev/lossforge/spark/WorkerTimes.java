package dev.lossforge.spark;

/**
 * The times of one worker.
 *
 * @param worker its number, from 0
 * @param host the host on which it ran last
 * @param steps the number of its steps, without those of failed jobs
 * @param compute seconds of forward, backward and update
 * @param communication seconds of summing, except while the worker computed
 * @param waiting seconds until the others were ready to sum, except while the worker computed
 * @param starting seconds of finding the other workers and preparing samples and model, in all jobs
 */
public record WorkerTimes(
        int worker, String host, long steps, double compute, double communication, double waiting, double starting) {

    /**
     * The times as text, as in "worker 1 on 10.0.0.2: 4.1 s compute, 0.3 s communication, 1.2 s waiting, 0.9 s
     * starting".
     */
    @Override
    public String toString() {
        return "worker %d on %s: %.1f s compute, %.1f s communication, %.1f s waiting, %.1f s starting"
                .formatted(worker, host, compute, communication, waiting, starting);
    }
}
