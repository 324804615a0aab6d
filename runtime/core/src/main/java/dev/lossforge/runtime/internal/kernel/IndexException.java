package dev.lossforge.runtime.internal.kernel;

import dev.lossforge.runtime.LossforgeException;

/** A class index outside its range. */
public final class IndexException extends LossforgeException {
    private static final long serialVersionUID = 1L;

    /** @param sample its place in the batch, which a training may have shuffled */
    public IndexException(String input, int sample, int index, int extent) {
        super("'" + input + "' of sample " + sample + " of the batch is " + index + ", but it selects one of " + extent
                + " entries and so lies between 0 and " + (extent - 1)
                + "; to leave a sample out, give it the weight 0.");
    }
}
