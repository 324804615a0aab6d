package dev.lossforge.runtime.tornadovm.internal.kernel;

import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Sorts a row of keys in the tables of a work-item. Equal keys keep their order, −0 equals 0, and NaN comes last. Entry
 * e of work-item k is at {@code e · items + k}.
 *
 * <p>The sort is Batcher's odd-even merge sort, K. Batcher, "Sorting Networks and Their Applications", AFIPS 1968. It
 * compares the same positions whatever the keys, so the work-items of a group stay together. It needs no memory but the
 * order itself, and about n·log₂²(n)/4 comparisons. The network is not stable; comparing indices where keys are equal
 * makes it so.
 */
@SuppressWarnings({
    "IdentityBinaryExpression", // TornadoVM compiles the test x == x for numbers correctly
    "ShortCircuitBoolean" // but miscompiles && within ||
})
public final class DeviceSorting {

    private DeviceSorting() {}

    /**
     * Writes the indices of n keys, counted from 0, in ascending order of the keys.
     *
     * @param from the entry of the first key
     * @param to the entry of the first index
     */
    public static void argSort(FloatArray keys, int from, IntArray order, int to, int n, int items, int item) {
        for (int i = 0; i < n; i++) {
            order.set((to + i) * items + item, i);
        }
        // Sorted runs of `run` entries become runs of twice that. A last run may be shorter.
        for (int run = 1; run < n; run *= 2) {
            for (int distance = run; distance > 0; distance /= 2) {
                int first = distance == run ? 0 : distance;
                for (int low = first; low < n - distance; low++) {
                    boolean paired = ((low - first) / distance) % 2 == 0;
                    if (paired & low / (2 * run) == (low + distance) / (2 * run)) {
                        int lowAt = (to + low) * items + item;
                        int highAt = (to + low + distance) * items + item;
                        int one = order.get(lowAt);
                        int other = order.get(highAt);
                        float key = keys.get((from + one) * items + item);
                        float otherKey = keys.get((from + other) * items + item);
                        boolean swap = comesBefore(otherKey, key) | (!comesBefore(key, otherKey) & other < one);
                        order.set(lowAt, swap ? other : one);
                        order.set(highAt, swap ? one : other);
                    }
                }
            }
        }
    }

    private static boolean comesBefore(float key, float other) {
        return key < other | (key == key & other != other);
    }

    /** Writes the position of each of n indices in an order. */
    public static void rank(IntArray order, int from, IntArray rank, int to, int n, int items, int item) {
        for (int i = 0; i < n; i++) {
            rank.set((to + order.get((from + i) * items + item)) * items + item, i);
        }
    }
}
