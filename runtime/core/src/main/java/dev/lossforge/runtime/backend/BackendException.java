package dev.lossforge.runtime.backend;

import dev.lossforge.runtime.LossforgeException;

/** Reports a backend that is unknown, cannot run here, does not support a model, or failed. */
public class BackendException extends LossforgeException {
    private static final long serialVersionUID = 1L;

    public BackendException(String message) {
        super(message);
    }

    public BackendException(String message, Throwable cause) {
        super(message, cause);
    }
}
