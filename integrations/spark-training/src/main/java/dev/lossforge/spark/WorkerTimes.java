package dev.lossforge.spark;

/**
 * What one worker's time went into.
 *
 * @param worker its number, from 0
 * @param host where it ran last
 * @param steps how many steps it took part in, those of jobs that failed left out
 * @param compute seconds of forward, backward and update
 * @param communication seconds of summing, unless the worker computed meanwhile
 * @param waiting seconds until the others were ready to sum, unless the worker computed meanwhile
 * @param starting seconds of finding the others, and of making samples and model ready, in all jobs
 */
public record WorkerTimes(
        int worker, String host, long steps, double compute, double communication, double waiting, double starting) {

    /** As in "worker 1 on 10.0.0.2: 4.1 s compute, 0.3 s communication, 1.2 s waiting, 0.9 s starting". */
    @Override
    public String toString() {
        return "worker %d on %s: %.1f s compute, %.1f s communication, %.1f s waiting, %.1f s starting"
                .formatted(worker, host, compute, communication, waiting, starting);
    }
}
