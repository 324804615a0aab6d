package dev.lossforge.runtime.internal.kernel;

/** One product. The rows of tiles are divided among threads. */
final class PairProduct {
    /** The longest sum in floats. */
    static final int TERMS = 128;

    /** The number of multiply-adds that take as long as one operation as counted by {@link Parallel}. */
    private static final int OPERATIONS_AT_ONCE = 8;

    /**
     * Tiles one below the other whose rows are packed together, and which share the panels in the first-level cache.
     */
    private static final int TILES = 4;

    private final MatrixKernel kernel;
    private final PairTerms terms;
    private final int height;
    private final int width;
    private final int rows;
    private final int columns;
    private final int inner;
    private final int stride;
    private final Matrix left;
    private final Matrix right;
    private final Matrix minuend;
    private final PairTarget target;
    private final float[] packed;

    PairProduct(
            MatrixKernel kernel,
            PairTerms terms,
            int rows,
            int columns,
            int inner,
            Matrix left,
            Matrix right,
            Matrix minuend,
            PairTarget target) {
        this.terms = terms;
        this.minuend = minuend;
        this.kernel = kernel;
        this.height = kernel.rows();
        this.width = kernel.columns();
        this.rows = rows;
        this.columns = columns;
        this.inner = inner;
        this.stride = inner + MatrixProducts.STRIP;
        this.left = left;
        this.right = right;
        this.target = target;
        this.packed = Tables.floats(panels() * inner * width);
    }

    void run() {
        int panels = panels();
        int packingParts = Parallel.parts(panels, (long) columns * inner);
        Parallel.run(packingParts, panels, (part, from, to) -> packRight(from, to));
        int tiles = (rows + height - 1) / height;
        long work = (long) rows * columns * inner / OPERATIONS_AT_ONCE;
        Parallel.run(Parallel.parts(tiles, work), tiles, (part, from, to) -> multiply(from, to));
        Tables.giveBack(packed);
    }

    private int panels() {
        return (columns + width - 1) / width;
    }

    /** Packs panels with the columns of a tile: the first row of a panel, its second row and so on. */
    private void packRight(int from, int to) {
        for (int panel = from; panel < to; panel++) {
            int first = panel * width;
            int present = Math.min(width, columns - first);
            int at = panel * inner * width;
            int source = right.offset + first * right.columnStride;
            if (right.columnStride == 1) {
                for (int k = 0; k < inner; k++) {
                    System.arraycopy(right.array, source + k * right.rowStride, packed, at + k * width, present);
                }
            } else {
                for (int c = 0; c < present; c++) {
                    int column = source + c * right.columnStride;
                    for (int k = 0; k < inner; k++) {
                        packed[at + k * width + c] = right.array[column + k * right.rowStride];
                    }
                }
            }
        }
    }

    /**
     * Packs some rows, at distances that are not powers of two, because such distances share few places in the caches.
     */
    private void packLeft(int first, int last, float[] packedRows) {
        int count = last - first;
        int source = left.offset + first * left.rowStride;
        if (left.columnStride == 1) {
            for (int r = 0; r < count; r++) {
                System.arraycopy(left.array, source + r * left.rowStride, packedRows, r * stride, inner);
            }
        } else {
            for (int k = 0; k < inner; k++) {
                int column = source + k * left.columnStride;
                for (int r = 0; r < count; r++) {
                    packedRows[r * stride + k] = left.array[column + r * left.rowStride];
                }
            }
        }
    }

    private void multiply(int fromTile, int toTile) {
        int group = Math.min(toTile - fromTile, TILES);
        float[] packedRows = Tables.floats(group * height * stride);
        Tile tile = new Tile(height * width);
        for (int t = fromTile; t < toTile; t += group) {
            int first = t * height;
            int last = Math.min(Math.min(t + group, toTile) * height, rows);
            packLeft(first, last, packedRows);
            for (int panel = 0; panel < panels(); panel++) {
                for (int row = first; row < last; row += height) {
                    packMinuend(row, panel * width, tile.minuend);
                    multiply(packedRows, (row - first) * stride, panel * inner * width, tile);
                    store(tile.entries, row, panel * width);
                }
            }
        }
        Tables.giveBack(packedRows);
    }

    /** The arrays of a thread: a part of the terms, all terms, and the minuends. */
    private static final class Tile {
        private final float[] entries;
        private final double[] sums;
        private final float[] minuend;

        Tile(int size) {
            entries = new float[size];
            sums = new double[size];
            minuend = new float[size];
        }
    }

    private void packMinuend(int row, int column, float[] tile) {
        if (terms != PairTerms.WEIGHTED_DIFFERENCES) {
            return;
        }
        int present = Math.min(height, rows - row);
        for (int r = 0; r < present; r++) {
            int at = minuend.offset + (row + r) * minuend.rowStride + column * minuend.columnStride;
            int across = Math.min(width, columns - column);
            if (minuend.columnStride == 1) {
                System.arraycopy(minuend.array, at, tile, r * width, across);
                continue;
            }
            for (int c = 0; c < across; c++) {
                tile[r * width + c] = minuend.array[at + c * minuend.columnStride];
            }
        }
    }

    private void multiply(float[] packedRows, int row, int panel, Tile tile) {
        multiply(packedRows, row, panel, Math.min(inner, TERMS), tile);
        if (inner <= TERMS) {
            return;
        }
        float[] entries = tile.entries;
        double[] sums = tile.sums;
        for (int i = 0; i < sums.length; i++) {
            sums[i] = entries[i];
        }
        for (int k = TERMS; k < inner; k += TERMS) {
            multiply(packedRows, row + k, panel + k * width, Math.min(TERMS, inner - k), tile);
            for (int i = 0; i < sums.length; i++) {
                sums[i] = terms == PairTerms.LARGEST_DIFFERENCES ? Math.max(sums[i], entries[i]) : sums[i] + entries[i];
            }
        }
        for (int i = 0; i < sums.length; i++) {
            entries[i] = (float) sums[i];
        }
    }

    private void multiply(float[] left, int leftAt, int rightAt, int length, Tile tile) {
        float[] entries = tile.entries;
        switch (terms) {
            case PRODUCTS -> kernel.multiply(left, leftAt, stride, packed, rightAt, length, entries);
            case SQUARED_DIFFERENCES ->
                kernel.squareDifferences(left, leftAt, stride, packed, rightAt, length, entries);
            case LARGEST_DIFFERENCES ->
                kernel.largestDifferences(left, leftAt, stride, packed, rightAt, length, entries);
            case WEIGHTED_DIFFERENCES ->
                kernel.weightDifferences(left, leftAt, stride, packed, rightAt, length, tile.minuend, entries);
        }
    }

    private void store(float[] tile, int row, int column) {
        int present = Math.min(height, rows - row);
        for (int r = 0; r < present; r++) {
            target.store(tile, r * width, row + r, column, Math.min(width, columns - column));
        }
    }
}
