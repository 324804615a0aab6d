package dev.lossforge.runtime.checkpoint;

import dev.lossforge.runtime.LossforgeException;

/** A checkpoint or a file of weights that cannot be used: damaged, of a newer format, not there. */
public final class CheckpointException extends LossforgeException {
    private static final long serialVersionUID = 1L;

    public CheckpointException(String message) {
        super(message);
    }

    public CheckpointException(String message, Throwable cause) {
        super(message, cause);
    }
}
