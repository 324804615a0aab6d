package dev.lossforge.cli.argument;

import dev.lossforge.runtime.LossforgeException;

/** What the user gave on the command line cannot be understood; the message says what, where, and what to do. */
public final class ArgumentException extends LossforgeException {
    private static final long serialVersionUID = 1L;

    public ArgumentException(String message) {
        super(message);
    }
}
