package dev.lossforge.dsl;

import java.util.Arrays;

/** Sorts keys like the generated kernels: equal keys keep their order, −0 equals 0, and NaN comes last. */
final class Order {

    private Order() {}

    /** The indices of the keys in ascending order of the keys. */
    static int[] argSort(float[] keys) {
        long[] pairs = new long[keys.length];
        for (int i = 0; i < pairs.length; i++) {
            pairs[i] = (long) sortable(keys[i]) << Integer.SIZE | i;
        }
        Arrays.sort(pairs);
        int[] order = new int[pairs.length];
        for (int i = 0; i < order.length; i++) {
            order[i] = (int) pairs[i];
        }
        return order;
    }

    /** The inverse of a permutation. */
    static int[] inverse(int[] permutation) {
        int[] inverse = new int[permutation.length];
        for (int i = 0; i < inverse.length; i++) {
            inverse[permutation[i]] = i;
        }
        return inverse;
    }

    /** An integer that compares like the key. */
    private static int sortable(float key) {
        int bits = Float.floatToIntBits(key + 0f); // −0 becomes 0, and all NaNs one
        return bits ^ (bits >> Integer.SIZE - 1 & Integer.MAX_VALUE);
    }
}
