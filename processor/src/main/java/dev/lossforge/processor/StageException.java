package dev.lossforge.processor;

import java.util.Objects;

/** The failure of a stage after the checks: a defect of the processor. */
final class StageException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String stage;

    StageException(String stage, Throwable cause) {
        super(cause);
        this.stage = stage;
    }

    String stage() {
        return stage;
    }

    /** The kind of failure, its message, and its position in the processor's code. */
    String reason() {
        Throwable cause = Objects.requireNonNull(getCause());
        StackTraceElement[] trace = cause.getStackTrace();
        return cause + (trace.length == 0 ? "" : " at " + trace[0]);
    }
}
