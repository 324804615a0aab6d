package dev.lossforge.runtime.internal.kernel;

import java.util.Optional;

/** The innermost loops of {@link MatrixProducts}: a tile of a product of packed factors. */
public interface MatrixKernel {

    /** Provides an implementation if the JVM can run it; found by {@link java.util.ServiceLoader}. */
    interface Provider {
        Optional<MatrixKernel> create();
    }

    /** The number of rows of a tile. */
    int rows();

    /** The number of columns of a tile. */
    int columns();

    /**
     * Overwrites a tile, row by row: {@code tile[r · columns + c] = Σ left[leftAt + r · leftStride + k] · right[rightAt
     * + k · columns + c]}, the sum over k below {@code length} in floats.
     */
    void multiply(float[] left, int leftAt, int leftStride, float[] right, int rightAt, int length, float[] tile);

    /** Like {@link #multiply}, of {@code (left − right)²}. */
    void squareDifferences(
            float[] left, int leftAt, int leftStride, float[] right, int rightAt, int length, float[] tile);

    /** Like {@link #multiply}, the largest of {@code |left − right|}, and 0 of none. */
    void largestDifferences(
            float[] left, int leftAt, int leftStride, float[] right, int rightAt, int length, float[] tile);

    /**
     * Like {@link #multiply}, of {@code left · (minuend − right)}.
     *
     * @param minuend a tile
     */
    void weightDifferences(
            float[] left,
            int leftAt,
            int leftStride,
            float[] right,
            int rightAt,
            int length,
            float[] minuend,
            float[] tile);
}
