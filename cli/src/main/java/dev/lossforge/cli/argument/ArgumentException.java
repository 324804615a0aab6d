package dev.lossforge.cli.argument;

import dev.lossforge.runtime.LossforgeException;

/** Reports an argument that cannot be understood. The message says what is wrong, where, and what to do. */
public final class ArgumentException extends LossforgeException {
    private static final long serialVersionUID = 1L;

    public ArgumentException(String message) {
        super(message);
    }
}
