package dev.lossforge.spark.internal.ring;

import dev.lossforge.runtime.LossforgeException;
import java.io.Serial;

/** Another worker is not there any more, hangs, or is none of this training. */
public final class PeerException extends LossforgeException {
    @Serial
    private static final long serialVersionUID = 1;

    /** What is known of the other worker. */
    public enum Kind {
        /** The connection to it broke; it may have lost another one itself. */
        LOST,
        /** It is connected, but has sent nothing for as long as is allowed. */
        HUNG,
        /** It sent what does not belong to this training. */
        FOREIGN
    }

    private final Kind kind;

    public PeerException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
