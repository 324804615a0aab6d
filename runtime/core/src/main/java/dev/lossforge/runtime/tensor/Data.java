package dev.lossforge.runtime.tensor;

/**
 * Values with a shape over one row-major array: floats or ints. Datasets store such data, and losses take them as
 * targets.
 *
 * <p>The array is shared, not copied, so any holder of the array can change the values. Along axis 0, the data consist
 * of rows, one per sample. A value without axes has no rows.
 */
public sealed interface Data permits Tensor, IntTensor {

    Shape shape();

    /** The number of elements. */
    default int size() {
        return shape().size();
    }

    /** The number of rows: the outermost extent. */
    default int samples() {
        return shape().extent(0);
    }

    /** The same array with another shape of the same size. */
    Data reshape(int... extents);

    /** A copy of the rows from {@code from} (inclusive) to {@code to} (exclusive). */
    Data rows(int from, int to);

    /** New zeros of the same element type. */
    Data zerosLike(Shape shape);

    /**
     * Overwrites every row of {@code target}: row {@code i} becomes a copy of row {@code rows[from + i]} of this data.
     * The target has the same element type and rows of the same shape. Allocates nothing.
     */
    void gatherRows(int[] rows, int from, Data target);
}
