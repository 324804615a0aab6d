package dev.lossforge.runtime.internal.kernel;

import java.util.Arrays;

/**
 * Sorts rows of keys. Equal keys keep their order, −0 equals 0, and NaN comes last. It keeps memory between rows, so
 * only one thread may use it at a time.
 */
public final class Sorting {
    private long[] pairs = {};

    /** Writes to {@code order} the indices of n keys, counted from 0, in ascending order of the keys. */
    public void argSort(float[] keys, int from, int[] order, int to, int n) {
        if (pairs.length < n) {
            pairs = new long[n];
        }
        for (int i = 0; i < n; i++) {
            pairs[i] = (long) sortable(keys[from + i]) << Integer.SIZE | i;
        }
        Arrays.sort(pairs, 0, Math.max(n, 0));
        for (int i = 0; i < n; i++) {
            order[to + i] = (int) pairs[i];
        }
    }

    /** Writes to {@code rank} the inverse of a permutation of n numbers: the position of each in the order. */
    public void rank(int[] order, int from, int[] rank, int to, int n) {
        for (int i = 0; i < n; i++) {
            rank[to + order[from + i]] = i;
        }
    }

    /** An integer that compares like the key. */
    private static int sortable(float key) {
        int bits = Float.floatToIntBits(key + 0f); // −0 becomes 0, and all NaNs one
        return bits ^ (bits >> Integer.SIZE - 1 & Integer.MAX_VALUE);
    }
}
