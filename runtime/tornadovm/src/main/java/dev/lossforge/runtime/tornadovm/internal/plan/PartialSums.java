package dev.lossforge.runtime.tornadovm.internal.plan;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** The second phase of a reduction: a single work-group adds up all partial sums. */
public final class PartialSums {
    private static final int GROUP = 256;

    private PartialSums() {}

    /** Adds the task that stores the sum of all partial sums at a position of the results. */
    public static void add(Tasks tasks, String task, FloatArray partials, FloatArray results, int position) {
        IntArray place = IntArray.fromElements(partials.getSize(), position);
        tasks.constant(place);
        tasks.inGroups(
                task,
                1,
                tasks.groupSize(GROUP),
                (graph, name, c) -> graph.task(name, PartialSums::total, c, partials, results, place));
    }

    /** @param place the number of partial sums, and the position of their sum among the results */
    static void total(KernelContext c, FloatArray partials, FloatArray results, IntArray place) {
        float[] tree = c.allocateFloatLocalArray(1024);
        int n = place.get(0);
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
            results.set(place.get(1), tree[0]);
        }
    }
}
