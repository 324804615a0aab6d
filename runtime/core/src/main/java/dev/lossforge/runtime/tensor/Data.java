package dev.lossforge.runtime.tensor;

/**
 * Values with a shape over one row-major array: floats or ints. What a dataset stores and a loss takes as target.
 *
 * <p>The array is shared, not copied: whoever holds it can change the values. Along axis 0 the data consist of rows,
 * one per sample; a value without axes has none.
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

    /** The same array under another shape of the same size. */
    Data reshape(int... extents);

    /** A copy of the rows from {@code from} (inclusive) to {@code to} (exclusive). */
    Data rows(int from, int to);

    /** New zeros of the same element type. */
    Data zerosLike(Shape shape);

    /**
     * Copies row {@code rows[from + i]} of this data to row {@code i} of {@code target}, for every row of
     * {@code target}, which has the same element type and rows of the same shape. Allocates nothing.
     */
    void gatherRows(int[] rows, int from, Data target);
}
