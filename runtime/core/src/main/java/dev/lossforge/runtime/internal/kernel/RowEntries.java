package dev.lossforge.runtime.internal.kernel;

import java.util.Arrays;

/**
 * Copies entries of a row at regular positions to a block for successive lanes, and adds a block to such entries. The
 * position for lane k is {@code first + k·step} or, in a row that is a ring, {@code (first + k) % modulus}. A position
 * outside the row reads NaN, or 0 for ints, and nothing is added there. A row is given by its start and its number of
 * entries.
 */
public final class RowEntries {
    private RowEntries() {}

    public static void load(float[] array, int row, int extent, int first, int step, float[] block, int n) {
        load(array, row, extent, first, step, block, 0, n);
    }

    private static void load(float[] array, int row, int extent, int first, int step, float[] block, int at, int n) {
        int begin = begin(extent, first, step, n);
        int end = end(extent, first, step, begin, n);
        Arrays.fill(block, at, at + begin, Float.NaN);
        if (step == 1 && begin < end) {
            System.arraycopy(array, row + first + begin, block, at + begin, end - begin);
        } else {
            for (int k = begin; k < end; k++) {
                block[at + k] = array[row + first + k * step];
            }
        }
        Arrays.fill(block, at + end, at + n, Float.NaN);
    }

    public static void load(int[] array, int row, int extent, int first, int step, int[] block, int n) {
        load(array, row, extent, first, step, block, 0, n);
    }

    private static void load(int[] array, int row, int extent, int first, int step, int[] block, int at, int n) {
        int begin = begin(extent, first, step, n);
        int end = end(extent, first, step, begin, n);
        Arrays.fill(block, at, at + begin, 0);
        if (step == 1 && begin < end) {
            System.arraycopy(array, row + first + begin, block, at + begin, end - begin);
        } else {
            for (int k = begin; k < end; k++) {
                block[at + k] = array[row + first + k * step];
            }
        }
        Arrays.fill(block, at + end, at + n, 0);
    }

    public static void add(float[] block, float[] array, int row, int extent, int first, int step, int n) {
        add(block, 0, array, row, extent, first, step, n);
    }

    private static void add(float[] block, int at, float[] array, int row, int extent, int first, int step, int n) {
        int begin = begin(extent, first, step, n);
        int end = end(extent, first, step, begin, n);
        if (step == 1) {
            int from = row + first;
            for (int k = begin; k < end; k++) {
                array[from + k] += block[at + k];
            }
        } else {
            for (int k = begin; k < end; k++) {
                array[row + first + k * step] += block[at + k];
            }
        }
    }

    /** The first of n lanes whose position is inside the row; n if there is none. */
    private static int begin(int extent, int first, int step, int n) {
        if (step == 0) {
            return first >= 0 && first < extent ? 0 : n;
        }
        long outside = step > 0
                ? Math.ceilDiv(-(long) first, (long) step)
                : Math.floorDiv((long) first - extent, -(long) step) + 1;
        return Math.clamp(outside, 0, n);
    }

    /** The lane after the last one whose position is inside the row. */
    private static int end(int extent, int first, int step, int begin, int n) {
        if (step == 0) {
            return n;
        }
        long inside = step > 0
                ? Math.ceilDiv((long) extent - first, (long) step)
                : Math.floorDiv((long) first, -(long) step) + 1;
        return Math.clamp(inside, begin, n);
    }

    public static void loadRing(float[] array, int row, int extent, int first, int modulus, float[] block, int n) {
        int length;
        for (int k = 0; k < n; k += length) {
            length = Math.min(run(first + k, modulus), n - k);
            load(array, row, extent, Scalars.remainder(first + k, modulus), 1, block, k, length);
        }
    }

    public static void loadRing(int[] array, int row, int extent, int first, int modulus, int[] block, int n) {
        int length;
        for (int k = 0; k < n; k += length) {
            length = Math.min(run(first + k, modulus), n - k);
            load(array, row, extent, Scalars.remainder(first + k, modulus), 1, block, k, length);
        }
    }

    public static void addRing(float[] block, float[] array, int row, int extent, int first, int modulus, int n) {
        int length;
        for (int k = 0; k < n; k += length) {
            length = Math.min(run(first + k, modulus), n - k);
            add(block, k, array, row, extent, Scalars.remainder(first + k, modulus), 1, length);
        }
    }

    /**
     * The number of successive values, starting with this one, that have successive remainders. A remainder has the
     * sign of its value.
     */
    private static int run(int value, int modulus) {
        int remainder = Scalars.remainder(value, modulus);
        return Math.max(1, value >= 0 ? Math.abs(modulus) - remainder : -remainder);
    }
}
