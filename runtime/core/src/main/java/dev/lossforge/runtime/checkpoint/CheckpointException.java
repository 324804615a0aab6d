package dev.lossforge.runtime.checkpoint;

import dev.lossforge.runtime.LossforgeException;

/**
 * Reports a checkpoint or a file of weights that cannot be used: it is damaged, has a newer format, or does not exist.
 */
public final class CheckpointException extends LossforgeException {
    private static final long serialVersionUID = 1L;

    public CheckpointException(String message) {
        super(message);
    }

    public CheckpointException(String message, Throwable cause) {
        super(message, cause);
    }
}
