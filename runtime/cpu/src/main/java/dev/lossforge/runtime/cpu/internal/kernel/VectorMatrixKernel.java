package dev.lossforge.runtime.cpu.internal.kernel;

import dev.lossforge.runtime.internal.kernel.MatrixKernel;

/** The tiles of {@link VectorMultiply} for the matrix products of losses. */
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
}
