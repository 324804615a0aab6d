package dev.lossforge.runtime.tornadovm.internal.plan;

import dev.lossforge.runtime.tornadovm.internal.kernel.DeviceReductions;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** The second phase of the gradient of a hyperparameter: one work-group per entry adds up the entry's parts. */
final class ParameterSums {
    private static final int GROUP = 256;

    private ParameterSums() {}

    /** Adds the task that stores the sums; the parts of each entry follow each other. */
    static void add(Tasks tasks, String task, FloatArray parts, FloatArray gradient) {
        int entries = gradient.getSize();
        IntArray count = IntArray.fromElements(parts.getSize() / entries);
        tasks.constant(count);
        tasks.inGroups(
                task,
                entries,
                tasks.groupSize(GROUP),
                (graph, name, c) -> graph.task(name, ParameterSums::sums, c, parts, gradient, count));
    }

    /** @param count the number of parts of each entry */
    static void sums(KernelContext c, FloatArray parts, FloatArray gradient, IntArray count) {
        float[] tree = c.allocateFloatLocalArray(1024);
        int n = count.get(0);
        int entry = c.groupIdx;
        int item = c.localIdx;
        float sum = 0f;
        float lost = 0f;
        for (int i = item; i < n; i += c.localGroupSizeX) {
            float part = parts.get(entry * n + i);
            lost = DeviceReductions.lost(lost, sum, part);
            sum += part;
        }
        tree[item] = DeviceReductions.sum(sum, lost);
        for (int distance = c.localGroupSizeX / 2; distance > 0; distance >>= 1) {
            c.localBarrier();
            if (item < distance) {
                tree[item] += tree[item + distance];
            }
        }
        if (item == 0) {
            gradient.set(entry, tree[0]);
        }
    }
}
