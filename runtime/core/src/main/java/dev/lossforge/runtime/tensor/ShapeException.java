package dev.lossforge.runtime.tensor;

import dev.lossforge.runtime.LossforgeException;

/** Reports two shapes, or a shape and an index, that do not fit together; the message names both. */
public final class ShapeException extends LossforgeException {
    private static final long serialVersionUID = 1L;

    public ShapeException(String message) {
        super(message);
    }
}
