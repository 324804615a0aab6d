package dev.lossforge.runtime.internal.kernel;

import dev.lossforge.runtime.LossforgeException;

/** Reports a class index outside its range. */
public final class IndexException extends LossforgeException {
    private static final long serialVersionUID = 1L;

    private final int unit;
    private final String input;
    private final String rest;

    /** @param unit the position of the unit in the batch, which a training may have shuffled */
    public IndexException(String input, int unit, int index, int extent) {
        this(
                input,
                unit,
                "sample " + unit + " of the batch",
                " is " + index + ", but it selects one of " + extent
                        + " entries and so lies between 0 and " + (extent - 1)
                        + "; to leave it out, mask it or give it the weight 0.");
    }

    private IndexException(String input, int unit, String where, String rest) {
        super("'" + input + "' of " + where + rest);
        this.unit = unit;
        this.input = input;
        this.rest = rest;
    }

    /** The position of the index in the batch: the number of its unit. */
    public int unit() {
        return unit;
    }

    /** The same exception with the position in other words. */
    public IndexException at(String where) {
        return new IndexException(input, unit, where, rest);
    }
}
