package dev.lossforge.runtime.internal.kernel;

/** The destination of a product. */
final class PairTarget {
    private final float[] array;
    private final int offset;
    private final int stride;
    private final boolean adds;
    private final float scale;

    PairTarget(float[] array, int offset, int stride, boolean adds, float scale) {
        this.array = array;
        this.offset = offset;
        this.stride = stride;
        this.adds = adds;
        this.scale = scale;
    }

    void store(float[] tile, int tileRow, int row, int column, int width) {
        int at = offset + row * stride + column;
        if (!adds) {
            System.arraycopy(tile, tileRow, array, at, width);
            return;
        }
        for (int c = 0; c < width; c++) {
            array[at + c] += tile[tileRow + c] * scale;
        }
    }
}
