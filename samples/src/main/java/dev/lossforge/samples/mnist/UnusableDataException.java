package dev.lossforge.samples.mnist;

import java.io.IOException;
import java.io.Serial;

/** Data that cannot be used; the message is one sentence for the user: which file, what is wrong, what to do. */
public final class UnusableDataException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    UnusableDataException(String message) {
        super(message);
    }

    UnusableDataException(String message, Throwable cause) {
        super(message, cause);
    }
}
