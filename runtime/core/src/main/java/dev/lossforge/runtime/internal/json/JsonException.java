package dev.lossforge.runtime.internal.json;

import dev.lossforge.runtime.LossforgeException;

/** Reports text that is not JSON, or not the expected JSON. */
public final class JsonException extends LossforgeException {
    private static final long serialVersionUID = 1L;

    public JsonException(String message) {
        super(message);
    }
}
