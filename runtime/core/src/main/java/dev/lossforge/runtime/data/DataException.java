package dev.lossforge.runtime.data;

import dev.lossforge.runtime.LossforgeException;

/** Reports data that cannot be used for training: counts that differ, labels outside the classes, damaged files. */
public class DataException extends LossforgeException {
    private static final long serialVersionUID = 1L;

    public DataException(String message) {
        super(message);
    }

    public DataException(String message, Throwable cause) {
        super(message, cause);
    }
}
