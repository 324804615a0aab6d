package dev.lossforge.runtime.tornadovm;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** The second phase of a reduction: one work-group adds up the partial sums of all. */
final class PartialSums {

    private PartialSums() {}

    /** @param count the number of partial sums */
    static void total(KernelContext c, FloatArray partials, FloatArray total, IntArray count) {
        float[] tree = c.allocateFloatLocalArray(1024);
        int n = count.get(0);
        int item = c.localIdx;
        float sum = 0f;
        for (int i = item; i < n; i += c.localGroupSizeX) {
            sum += partials.get(i);
        }
        tree[item] = sum;
        for (int distance = c.localGroupSizeX / 2; distance > 0; distance >>= 1) {
            c.localBarrier();
            if (item < distance) {
                tree[item] += tree[item + distance];
            }
        }
        if (item == 0) {
            total.set(0, tree[0]);
        }
    }
}
