package dev.lossforge.runtime.data;

import dev.lossforge.runtime.LossforgeException;

/** Data that cannot be trained on: counts that differ, labels outside the classes, files that are broken. */
public class DataException extends LossforgeException {
    private static final long serialVersionUID = 1L;

    public DataException(String message) {
        super(message);
    }

    public DataException(String message, Throwable cause) {
        super(message, cause);
    }
}
