package dev.lossforge.runtime.tornadovm.internal.network;

/** The numbers of rows and columns of a tile of the product. */
record ProductTile(int rows, int columns) {
    /** The number of groups that a large device needs. */
    private static final int ENOUGH = 128;

    private static final int SMALL = 16;

    /**
     * The tile for the pixels of all samples. Large tiles reuse what they load, provided that there are enough of them.
     */
    static ProductTile ofPixels(int samples, int pixels, int columns, int largestGroup) {
        int wide = wide(columns);
        long tiles = Math.ceilDiv((long) samples * pixels, ProductKernel.MAX) * Math.ceilDiv((long) columns, wide);
        return of(tiles >= ENOUGH, wide, largestGroup);
    }

    /** The tile for the gradients of parameters; each part of the batch multiplies the number of tiles. */
    static ProductTile ofParameters(AffineShape layer, int largestGroup) {
        return of(ProductShape.parameterRows(layer) > 2 * SMALL, wide(layer.filters()), largestGroup);
    }

    private static int wide(int columns) {
        return columns <= SMALL ? SMALL : columns <= 2 * SMALL ? 2 * SMALL : ProductKernel.MAX;
    }

    private static ProductTile of(boolean large, int wide, int largestGroup) {
        ProductTile wanted = new ProductTile(large ? ProductKernel.MAX : SMALL, wide);
        return wanted.items() <= largestGroup ? wanted : new ProductTile(SMALL, SMALL);
    }

    /** The number of work-items of a group. */
    int items() {
        return rows * columns / (ProductKernel.BLOCK * ProductKernel.BLOCK);
    }

    int tiles(long ofRows, int ofColumns) {
        return Math.toIntExact(rowTiles(ofRows) * Math.ceilDiv((long) ofColumns, columns));
    }

    long rowTiles(long ofRows) {
        return Math.ceilDiv(ofRows, rows);
    }
}
