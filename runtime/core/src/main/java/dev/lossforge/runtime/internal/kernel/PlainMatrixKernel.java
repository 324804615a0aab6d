package dev.lossforge.runtime.internal.kernel;

import java.util.Arrays;

/**
 * Plain Java that compilers vectorize: it adds scaled rows of the right factor to rows of the tile, four at a time. All
 * of them are separate arrays with the same index.
 */
final class PlainMatrixKernel implements MatrixKernel {
    private static final int ROWS = 12;
    private static final int COLUMNS = 64;
    private static final int DEPTH = 4;

    @Override
    public int rows() {
        return ROWS;
    }

    @Override
    public int columns() {
        return COLUMNS;
    }

    @Override
    public void multiply(
            float[] left, int leftAt, int leftStride, float[] right, int rightAt, int length, float[] tile) {
        float[][] sums = new float[ROWS][COLUMNS];
        float[][] terms = new float[DEPTH][COLUMNS];
        float[] factors = new float[DEPTH];
        for (int k = 0; k < length; k += DEPTH) {
            int present = Math.min(DEPTH, length - k);
            for (int d = 0; d < present; d++) {
                System.arraycopy(right, rightAt + (k + d) * COLUMNS, terms[d], 0, COLUMNS);
            }
            for (int d = present; d < DEPTH; d++) {
                Arrays.fill(terms[d], 0);
            }
            Arrays.fill(factors, 0);
            for (int row = 0; row < ROWS; row++) {
                System.arraycopy(left, leftAt + row * leftStride + k, factors, 0, present);
                add(sums[row], terms, factors);
            }
        }
        for (int row = 0; row < ROWS; row++) {
            System.arraycopy(sums[row], 0, tile, row * COLUMNS, COLUMNS);
        }
    }

    @Override
    public void squareDifferences(
            float[] left, int leftAt, int leftStride, float[] right, int rightAt, int length, float[] tile) {
        PlainDifferences.square(left, leftAt, leftStride, right, rightAt, length, COLUMNS, tile);
    }

    @Override
    public void largestDifferences(
            float[] left, int leftAt, int leftStride, float[] right, int rightAt, int length, float[] tile) {
        PlainDifferences.largest(left, leftAt, leftStride, right, rightAt, length, COLUMNS, tile);
    }

    @Override
    public void weightDifferences(
            float[] left,
            int leftAt,
            int leftStride,
            float[] right,
            int rightAt,
            int length,
            float[] minuend,
            float[] tile) {
        PlainDifferences.weight(left, leftAt, leftStride, right, rightAt, length, COLUMNS, minuend, tile);
    }

    private static void add(float[] sums, float[][] terms, float[] factors) {
        float[] t0 = terms[0];
        float[] t1 = terms[1];
        float[] t2 = terms[2];
        float[] t3 = terms[3];
        float f0 = factors[0];
        float f1 = factors[1];
        float f2 = factors[2];
        float f3 = factors[3];
        for (int j = 0; j < COLUMNS; j++) {
            sums[j] += f0 * t0[j] + f1 * t1[j] + f2 * t2[j] + f3 * t3[j];
        }
    }
}
