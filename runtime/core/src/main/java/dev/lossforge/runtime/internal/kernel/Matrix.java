package dev.lossforge.runtime.internal.kernel;

/** A matrix inside an array: entry (i, j) is at {@code offset + i · rowStride + j · columnStride}. */
public final class Matrix {
    /** Where no matrix is needed. */
    public static final Matrix NONE = new Matrix(new float[0], 0, 0, 0);

    final float[] array;
    final int offset;
    final int rowStride;
    final int columnStride;

    private Matrix(float[] array, int offset, int rowStride, int columnStride) {
        this.array = array;
        this.offset = offset;
        this.rowStride = rowStride;
        this.columnStride = columnStride;
    }

    public static Matrix of(float[] array, int offset, int rowStride, int columnStride) {
        return new Matrix(array, offset, rowStride, columnStride);
    }

    /** The transposed matrix over the same entries. */
    Matrix transposed() {
        return new Matrix(array, offset, columnStride, rowStride);
    }
}
