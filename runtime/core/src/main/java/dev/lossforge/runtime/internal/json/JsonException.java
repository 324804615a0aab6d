package dev.lossforge.runtime.internal.json;

import dev.lossforge.runtime.LossforgeException;

/** A text that is not JSON, or not the JSON that was expected. */
public final class JsonException extends LossforgeException {
    private static final long serialVersionUID = 1L;

    public JsonException(String message) {
        super(message);
    }
}
