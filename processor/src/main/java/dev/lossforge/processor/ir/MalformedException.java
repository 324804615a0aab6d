package dev.lossforge.processor.ir;

/** Thrown for a form that no stage should produce: a defect of the stage before, never of the user's formula. */
public final class MalformedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** An exception whose message is formatted as {@link String#format} does. */
    public MalformedException(String message, Object... arguments) {
        super(message.formatted(arguments));
    }
}
