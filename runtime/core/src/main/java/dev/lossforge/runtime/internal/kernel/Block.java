package dev.lossforge.runtime.internal.kernel;

import java.util.Arrays;

/**
 * Memory for values of successive lanes between two vector loops: small enough to stay in the first-level cache, with
 * room after the last lane, so that whole vectors may be read and written there.
 */
public final class Block {
    /** The number of lanes that run together. */
    public static final int SIZE = 512;

    /** The room after the last lane: the longest vector of any processor. */
    static final int PADDING = 64;

    private Block() {}

    public static float[] floats(int lanes) {
        return new float[lanes + PADDING];
    }

    public static int[] ints(int lanes) {
        return new int[lanes + PADDING];
    }

    /** A block of ones. */
    public static float[] ones(int lanes) {
        float[] ones = floats(lanes);
        Arrays.fill(ones, 1);
        return ones;
    }

    /** The number of units with {@code entries} entries each that run together: a whole number of vectors. */
    public static int units(int entries, int units) {
        int fitting = Math.max(64 * SIZE / Math.max(entries, 16), PADDING);
        int wanted = Math.min(Math.min(fitting, SIZE), Math.max(units, 1));
        return (wanted + PADDING - 1) / PADDING * PADDING;
    }

    /** Whether a range has as many lanes as a vector, at least. */
    public static boolean fillsVector(int lanes) {
        return lanes >= PADDING;
    }

    /**
     * The number of units in the next tile, {@code size} or less. No tile of a range that {@link #fillsVector} has
     * fewer lanes than a vector.
     *
     * @param size as {@link #units} gives it for one entry
     * @param left how many units there are
     */
    public static int next(int size, int left) {
        if (left <= size) {
            return left;
        }
        return left - size < PADDING ? size / 2 : size;
    }

    /**
     * Writes columns as rows: {@code rows[offset + k · length + j] = columns[j · size + k]} for n rows. Four columns at
     * a time share the lines of a row that they lie in.
     */
    public static void store(float[] columns, int size, float[] rows, int offset, int length, int n) {
        int j = 0;
        for (; j + 3 < length; j += 4) {
            int column = j * size;
            int entry = offset + j;
            for (int k = 0; k < n; k++) {
                rows[entry] = columns[column + k];
                rows[entry + 1] = columns[column + size + k];
                rows[entry + 2] = columns[column + 2 * size + k];
                rows[entry + 3] = columns[column + 3 * size + k];
                entry += length;
            }
        }
        for (; j < length; j++) {
            int column = j * size;
            int entry = offset + j;
            for (int k = 0; k < n; k++) {
                rows[entry + k * length] = columns[column + k];
            }
        }
    }

    /** Reads an entry of n successive rows; NaN where there is no such column. */
    public static void column(float[] rows, int first, int columns, int column, float[] block, int n) {
        if (columns == 1 && column == 0) {
            System.arraycopy(rows, first, block, 0, n);
            return;
        }
        boolean inside = column >= 0 && column < columns;
        for (int k = 0; k < n; k++) {
            block[k] = inside ? rows[(first + k) * columns + column] : Float.NaN;
        }
    }

    /** Reads an entry of n successive rows; 0 where there is no such column. */
    public static void column(int[] rows, int first, int columns, int column, int[] block, int n) {
        if (columns == 1 && column == 0) {
            System.arraycopy(rows, first, block, 0, n);
            return;
        }
        boolean inside = column >= 0 && column < columns;
        for (int k = 0; k < n; k++) {
            block[k] = inside ? rows[(first + k) * columns + column] : 0;
        }
    }

    /** Writes an entry of n successive rows, if there is such a column. */
    public static void storeColumn(float[] block, float[] rows, int first, int columns, int column, int n) {
        if (columns == 1 && column == 0) {
            System.arraycopy(block, 0, rows, first, n);
        } else if (column >= 0 && column < columns) {
            for (int k = 0; k < n; k++) {
                rows[(first + k) * columns + column] = block[k];
            }
        }
    }

    /** Adds to an entry of n successive rows, if there is such a column. */
    public static void addColumn(float[] block, float[] rows, int first, int columns, int column, int n) {
        if (columns == 1 && column == 0) {
            for (int k = 0; k < n; k++) {
                rows[first + k] += block[k];
            }
        } else if (column >= 0 && column < columns) {
            for (int k = 0; k < n; k++) {
                rows[(first + k) * columns + column] += block[k];
            }
        }
    }
}
