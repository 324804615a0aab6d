package dev.lossforge.spark.internal.worker;

import java.io.Serial;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What a worker made of a job that went well. One that did not ends with an exception.
 *
 * @param snapshot the training as it is now; of the first worker only
 * @param digest of the parameters, by which those of all workers are compared
 * @param checksum of the worker's data
 * @param times of this job
 */
public record Outcome(
        int rank, String host, End end, @Nullable SnapshotFiles snapshot, String digest, long checksum, Times times)
        implements Serializable {
    @Serial
    private static final long serialVersionUID = 1;

    /** How a job ended. */
    public enum End {
        /** The training is complete. */
        DONE,
        /** The job is; the training is not. */
        PAUSED
    }

    /** What the time went into, in seconds, and for how many steps. */
    public record Times(long steps, double compute, double communication, double waiting, double starting)
            implements Serializable {
        @Serial
        private static final long serialVersionUID = 1;
    }
}
