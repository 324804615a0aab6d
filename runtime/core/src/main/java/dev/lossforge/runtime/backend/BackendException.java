package dev.lossforge.runtime.backend;

import dev.lossforge.runtime.LossforgeException;

/** A backend that is unknown, cannot run here, cannot carry out a model, or failed while it did. */
public class BackendException extends LossforgeException {
    private static final long serialVersionUID = 1L;

    public BackendException(String message) {
        super(message);
    }

    public BackendException(String message, Throwable cause) {
        super(message, cause);
    }
}
