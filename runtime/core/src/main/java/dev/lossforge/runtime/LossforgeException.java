package dev.lossforge.runtime;

/**
 * The root of the errors that the runtime reports to its user. The message is one sentence that says what is wrong,
 * where, and what to do; it can be shown to the user without a stack trace.
 *
 * <p>The family has one subclass per kind of remedy: {@link dev.lossforge.runtime.tensor.ShapeException} (make two
 * shapes fit), {@link ConfigurationException} (give another value), {@link dev.lossforge.runtime.data.DataException}
 * (repair the data), {@link dev.lossforge.runtime.backend.BackendException} (choose or install another backend) and
 * {@link dev.lossforge.runtime.training.NonFiniteLossException} (the training diverged). A {@link RuntimeException}
 * outside this family is a bug of the runtime.
 */
public abstract class LossforgeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    protected LossforgeException(String message) {
        super(message);
    }

    protected LossforgeException(String message, Throwable cause) {
        super(message, cause);
    }
}
