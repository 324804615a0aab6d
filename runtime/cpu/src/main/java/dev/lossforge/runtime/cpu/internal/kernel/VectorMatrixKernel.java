package dev.lossforge.runtime.cpu.internal.kernel;

import dev.lossforge.runtime.internal.kernel.MatrixKernel;

/** The tiles of {@link VectorMultiply} and {@link VectorDifferences} for losses. */
final class VectorMatrixKernel implements MatrixKernel {

    @Override
    public int rows() {
        return Kernels.TILE_ROWS;
    }

    @Override
    public int columns() {
        return VectorMultiply.PANEL_WIDTH;
    }

    @Override
    public void multiply(
            float[] left, int leftAt, int leftStride, float[] right, int rightAt, int length, float[] tile) {
        VectorMultiply.multiplyTile(left, leftAt, leftStride, length, right, rightAt, tile);
    }

    @Override
    public void squareDifferences(
            float[] left, int leftAt, int leftStride, float[] right, int rightAt, int length, float[] tile) {
        for (int row = 0; row < rows(); row += VectorDifferences.ROWS) {
            int at = leftAt + row * leftStride;
            VectorDifferences.square(left, at, leftStride, right, rightAt, length, tile, row * columns());
        }
    }

    @Override
    public void largestDifferences(
            float[] left, int leftAt, int leftStride, float[] right, int rightAt, int length, float[] tile) {
        for (int row = 0; row < rows(); row += VectorDifferences.ROWS) {
            int at = leftAt + row * leftStride;
            VectorDifferences.largest(left, at, leftStride, right, rightAt, length, tile, row * columns());
        }
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
        for (int row = 0; row < rows(); row += VectorDifferences.ROWS) {
            int at = leftAt + row * leftStride;
            VectorDifferences.weight(left, at, leftStride, right, rightAt, length, minuend, tile, row * columns());
        }
    }
}
