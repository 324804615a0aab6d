package dev.lossforge.runtime.tornadovm.internal.network;

import dev.lossforge.runtime.tornadovm.internal.kernel.DeviceReductions;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The kernel of all matrix products of a network: {@code product[m, n] = Σ left[m, k] · right[k, n]}. Neither factor is
 * stored as a matrix: {@link ProductShape} says where each entry is, or that it is 0. A group computes a tile of the
 * product. It copies {@link #DEPTH} columns of the left factor and rows of the right factor at a time to local memory.
 * Each work-item keeps a block of four by four sums in registers, and updates it with eight numbers from local memory.
 *
 * <p>The position of a left entry is the sum of a part for its row and a part for its term. Both are kept in local
 * memory, so the divisions that find them are done once for a tile and not for each entry. Loads stride by the group
 * size as reported by the device. TornadoVM would unroll loads with constant strides, and PoCL would then keep all
 * their positions in memory for each work-item.
 */
@SuppressWarnings("ShortCircuitBoolean") // TornadoVM miscompiles && within a value
final class ProductKernel {
    /** The number of terms in local memory at once. */
    static final int DEPTH = 16;
    /** The number of rows, and of columns, in a work-item's block of sums. */
    static final int BLOCK = 4;
    /** The maximum number of rows and columns of a tile. */
    static final int MAX = 64;

    /** The distance of a tile's lines in local memory; not a multiple of 32, the number of memory banks. */
    private static final int PITCH = MAX + 4;

    /** Added to a line, it leads outside every image. */
    private static final int OUTSIDE = -(1 << 28);
    /** The line of a row of ones, beyond twice {@link ProductShape#MAX_LINES}. */
    private static final int ONES = 1 << 27;

    private ProductKernel() {}

    /**
     * One group computes each tile and part. Groups are numbered by columns first, then rows, then parts.
     *
     * @param gate a gated product is 0 where this is 0
     * @param winners for a pooled product, the position of each maximum among the products before pooling
     * @param shape the numbers of {@link ProductShape}
     * @param batch the number of samples
     * @param leftAlongRows how neighbouring work-items load the left factor: 0 for neighbouring terms
     * @param rightAlongTerms how they load the right one: 0 for neighbouring columns
     * @param tileRows {@code tileRows · tileColumns / 16} work-items are in a group
     */
    static void multiply(
            KernelContext c,
            FloatArray left,
            FloatArray right,
            FloatArray gate,
            FloatArray product,
            IntArray winners,
            IntArray shape,
            IntArray batch,
            int leftAlongRows,
            int rightAlongTerms,
            int tileRows,
            int tileColumns,
            int pooled) {
        float[] leftTile = c.allocateFloatLocalArray(DEPTH * PITCH);
        float[] rightTile = c.allocateFloatLocalArray(DEPTH * PITCH);
        int[] rowLines = c.allocateIntLocalArray(MAX);
        int[] rowAcross = c.allocateIntLocalArray(MAX);
        int[] rowPlaces = c.allocateIntLocalArray(MAX);
        int[] termLines = c.allocateIntLocalArray(DEPTH);
        int[] termAcross = c.allocateIntLocalArray(DEPTH);
        int[] termPlaces = c.allocateIntLocalArray(DEPTH);
        int[] rightPlaces = c.allocateIntLocalArray(DEPTH);
        int item = c.localIdx;
        int items = c.localGroupSizeX;
        int samples = batch.get(0);
        int columns = shape.get(ProductShape.COLUMNS);
        int columnTiles = (columns + tileColumns - 1) / tileColumns;
        int rowTiles = shape.get(ProductShape.ROW_TILES);
        int firstColumn = c.groupIdx % columnTiles * tileColumns;
        int firstRow = c.groupIdx / columnTiles % rowTiles * tileRows;
        int part = c.groupIdx / columnTiles / rowTiles;
        int parts = shape.get(ProductShape.PARTS);
        int allRows = shape.get(ProductShape.ROWS) + samples * shape.get(ProductShape.ROWS_OF_SAMPLE);
        int rows = part < parts ? allRows : 0;
        int ofPart = (samples + parts - 1) / parts;
        int firstTerm = part * ofPart * shape.get(ProductShape.TERMS_OF_SAMPLE);
        int endTerm = shape.get(ProductShape.TERMS)
                + ProductPlaces.atMost((part + 1) * ofPart, samples) * shape.get(ProductShape.TERMS_OF_SAMPLE);
        int end = firstRow < rows ? endTerm : firstTerm;
        int lines = shape.get(ProductShape.LINES);
        int width = shape.get(ProductShape.WIDTH);
        int rightStride = shape.get(ProductShape.RIGHT_COLUMN);
        for (int i = item; i < tileRows; i += items) {
            int row = firstRow + i;
            int line = ProductPlaces.line(row, ProductShape.OF_ROWS, shape);
            line = row == shape.get(ProductShape.ROW_OF_ONES) ? ONES : line;
            rowLines[i] = row < rows ? line : OUTSIDE;
            rowAcross[i] = ProductPlaces.across(row, ProductShape.OF_ROWS, shape);
            rowPlaces[i] = ProductPlaces.place(row, ProductShape.OF_ROWS, shape);
        }
        int blockRow = item / (tileColumns / BLOCK) * BLOCK;
        int blockColumn = item % (tileColumns / BLOCK) * BLOCK;
        int column = firstColumn + blockColumn;
        float bias0 = bias(column, columns, right, shape);
        float bias1 = bias(column + 1, columns, right, shape);
        float bias2 = bias(column + 2, columns, right, shape);
        float bias3 = bias(column + 3, columns, right, shape);
        float sum00 = bias0;
        float sum01 = bias1;
        float sum02 = bias2;
        float sum03 = bias3;
        float sum10 = bias0;
        float sum11 = bias1;
        float sum12 = bias2;
        float sum13 = bias3;
        float sum20 = bias0;
        float sum21 = bias1;
        float sum22 = bias2;
        float sum23 = bias3;
        float sum30 = bias0;
        float sum31 = bias1;
        float sum32 = bias2;
        float sum33 = bias3;
        for (int first = firstTerm; first < end; first += DEPTH) {
            if (item < DEPTH) {
                int term = first + item;
                termLines[item] = term < end ? ProductPlaces.line(term, ProductShape.OF_TERMS, shape) : OUTSIDE;
                termAcross[item] = ProductPlaces.across(term, ProductShape.OF_TERMS, shape);
                termPlaces[item] = ProductPlaces.place(term, ProductShape.OF_TERMS, shape);
                rightPlaces[item] = ProductPlaces.rightPlace(term, shape);
            }
            c.localBarrier();
            for (int i = item; i < DEPTH * tileRows; i += items) {
                int term = leftAlongRows != 0 ? i / tileRows : i % DEPTH;
                int row = leftAlongRows != 0 ? i % tileRows : i / DEPTH;
                int line = rowLines[row] + termLines[term];
                int x = rowAcross[row] + termAcross[term];
                float value = line >= ONES / 2 ? 1f : 0f;
                if (line >= 0 & line < lines & x >= 0 & x < width) {
                    value = left.get(rowPlaces[row] + termPlaces[term]);
                }
                leftTile[term * PITCH + row] = value;
            }
            for (int i = item; i < DEPTH * tileColumns; i += items) {
                int term = rightAlongTerms != 0 ? i % DEPTH : i / tileColumns;
                int at = rightAlongTerms != 0 ? i / DEPTH : i % tileColumns;
                float value = 0f;
                if (first + term < end & firstColumn + at < columns) {
                    value = right.get(rightPlaces[term] + (firstColumn + at) * rightStride);
                }
                rightTile[term * PITCH + at] = value;
            }
            c.localBarrier();
            for (int term = 0; term < DEPTH; term++) {
                int fromLeft = term * PITCH + blockRow;
                int fromRight = term * PITCH + blockColumn;
                float right0 = rightTile[fromRight];
                float right1 = rightTile[fromRight + 1];
                float right2 = rightTile[fromRight + 2];
                float right3 = rightTile[fromRight + 3];
                float left0 = leftTile[fromLeft];
                float left1 = leftTile[fromLeft + 1];
                float left2 = leftTile[fromLeft + 2];
                float left3 = leftTile[fromLeft + 3];
                sum00 += left0 * right0;
                sum01 += left0 * right1;
                sum02 += left0 * right2;
                sum03 += left0 * right3;
                sum10 += left1 * right0;
                sum11 += left1 * right1;
                sum12 += left1 * right2;
                sum13 += left1 * right3;
                sum20 += left2 * right0;
                sum21 += left2 * right1;
                sum22 += left2 * right2;
                sum23 += left2 * right3;
                sum30 += left3 * right0;
                sum31 += left3 * right1;
                sum32 += left3 * right2;
                sum33 += left3 * right3;
            }
        }
        int row = firstRow + blockRow;
        if (pooled != 0) {
            storeGreatest(sum00, sum10, sum20, sum30, row, column, rows, product, winners, shape);
            storeGreatest(sum01, sum11, sum21, sum31, row, column + 1, rows, product, winners, shape);
            storeGreatest(sum02, sum12, sum22, sum32, row, column + 2, rows, product, winners, shape);
            storeGreatest(sum03, sum13, sum23, sum33, row, column + 3, rows, product, winners, shape);
        } else {
            int place = shape.get(ProductShape.FIRST) + part * rows * columns;
            store(sum00, row, column, rows, place, product, gate, shape);
            store(sum01, row, column + 1, rows, place, product, gate, shape);
            store(sum02, row, column + 2, rows, place, product, gate, shape);
            store(sum03, row, column + 3, rows, place, product, gate, shape);
            store(sum10, row + 1, column, rows, place, product, gate, shape);
            store(sum11, row + 1, column + 1, rows, place, product, gate, shape);
            store(sum12, row + 1, column + 2, rows, place, product, gate, shape);
            store(sum13, row + 1, column + 3, rows, place, product, gate, shape);
            store(sum20, row + 2, column, rows, place, product, gate, shape);
            store(sum21, row + 2, column + 1, rows, place, product, gate, shape);
            store(sum22, row + 2, column + 2, rows, place, product, gate, shape);
            store(sum23, row + 2, column + 3, rows, place, product, gate, shape);
            store(sum30, row + 3, column, rows, place, product, gate, shape);
            store(sum31, row + 3, column + 1, rows, place, product, gate, shape);
            store(sum32, row + 3, column + 2, rows, place, product, gate, shape);
            store(sum33, row + 3, column + 3, rows, place, product, gate, shape);
        }
    }

    private static float bias(int column, int columns, FloatArray right, IntArray shape) {
        float bias = 0f;
        if (shape.get(ProductShape.BIAS) >= 0 & column < columns) {
            bias = right.get(shape.get(ProductShape.BIAS) + column);
        }
        return bias;
    }

    private static float cut(float sum, IntArray shape) {
        return shape.get(ProductShape.RELU) != 0 & sum <= 0f ? 0f : sum;
    }

    private static void store(
            float sum, int row, int column, int rows, int first, FloatArray product, FloatArray gate, IntArray shape) {
        if (row < rows & column < shape.get(ProductShape.COLUMNS)) {
            int at = row * shape.get(ProductShape.COLUMNS) + column;
            float value = cut(sum, shape);
            if (shape.get(ProductShape.GATED) != 0) {
                value = gate.get(at) == 0f ? 0f : value;
            }
            product.set(first + at, value);
        }
    }

    /** Stores the largest of the four values in a window: the first of equal ones, and a NaN before all others. */
    private static void storeGreatest(
            float sum0,
            float sum1,
            float sum2,
            float sum3,
            int row,
            int column,
            int rows,
            FloatArray product,
            IntArray winners,
            IntArray shape) {
        if (row < rows & column < shape.get(ProductShape.COLUMNS)) {
            float max = cut(sum0, shape);
            int cell = 0;
            float next = cut(sum1, shape);
            if (DeviceReductions.beats(next, max)) {
                max = next;
                cell = 1;
            }
            next = cut(sum2, shape);
            if (DeviceReductions.beats(next, max)) {
                max = next;
                cell = 2;
            }
            next = cut(sum3, shape);
            if (DeviceReductions.beats(next, max)) {
                max = next;
                cell = 3;
            }
            int at = row / 4 * shape.get(ProductShape.COLUMNS) + column;
            product.set(at, max);
            winners.set(at, ProductPlaces.pixel(row + cell, shape) * shape.get(ProductShape.COLUMNS) + column);
        }
    }
}
