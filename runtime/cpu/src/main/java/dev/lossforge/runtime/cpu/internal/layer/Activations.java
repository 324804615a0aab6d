package dev.lossforge.runtime.cpu.internal.layer;

import dev.lossforge.runtime.backend.BackendException;
import org.jspecify.annotations.Nullable;

/**
 * The values between two operations and the loss's gradient with respect to them, one row per sample. Rows are
 * {@link #stride} apart, with zeros between them.
 */
public final class Activations implements Place {
    /** The maximum length of an array on every JVM. */
    private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 64;

    private final int size;
    private final int stride;
    private final int excess;
    private final boolean exact;
    private final @Nullable Activations trunk;
    private Rows rows = new Rows(0);
    private Rows spare = rows;

    private Activations(int size, int alignment, boolean exact, @Nullable Activations trunk) {
        this.trunk = trunk;
        this.size = size;
        this.excess = alignment;
        this.stride = Math.ceilDiv(size, alignment) * alignment;
        this.exact = exact;
    }

    /**
     * Activations for rows of {@code size} values, padded to a multiple of {@code alignment}; there are no rows yet.
     * The arrays are longer than the rows by {@code alignment}, so a vector that begins in the last row stays inside
     * the array.
     */
    static Activations padded(int size, int alignment) {
        return new Activations(size, alignment, false, null);
    }

    /** Activations for rows without gaps; there are no rows yet. The arrays are always exactly as long as the rows. */
    static Activations exact(int size) {
        return new Activations(size, 1, true, null);
    }

    /** The same values with separate gradients, for one of several readers. */
    Activations branch() {
        return new Activations(size, excess, exact, this);
    }

    private static final class Rows {
        private final float[] values;
        private final float[] gradients;

        private Rows(int length) {
            this(new float[length]);
        }

        private Rows(float[] values) {
            this.values = values;
            this.gradients = new float[values.length];
        }
    }

    /**
     * Reserves this number of rows; a branch reserves as many as its trunk has. The content of the rows may be lost.
     */
    void reserve(int samples) {
        if (trunk != null) {
            if (rows.values != trunk.rows.values) {
                rows = new Rows(trunk.rows.values);
            }
            return;
        }
        long length = (long) samples * stride;
        if (length > LONGEST_ARRAY) {
            throw new BackendException("A batch of " + samples + " samples with " + stride
                    + " values each does not fit one array; use a smaller batch.");
        }
        if (exact) {
            reserveExactly((int) length);
        } else if (length + excess > rows.values.length) {
            rows = new Rows((int) length + excess);
        }
    }

    /** Keeps arrays of two sizes: for a full batch and for the last batch. */
    private void reserveExactly(int length) {
        if (length == rows.values.length) {
            return;
        }
        Rows previous = rows;
        rows = length == spare.values.length ? spare : new Rows(length);
        spare = previous;
    }

    /** The number of values in a row. */
    public int size() {
        return size;
    }

    /** The distance from the start of one row to that of the next. */
    @Override
    public int stride() {
        return stride;
    }

    /** The row of sample {@code i} begins at {@code i · stride}. */
    @Override
    public float[] values() {
        return rows.values;
    }

    /** The gradients, with the layout of {@link #values}. */
    @Override
    public float[] gradients() {
        return rows.gradients;
    }
}
