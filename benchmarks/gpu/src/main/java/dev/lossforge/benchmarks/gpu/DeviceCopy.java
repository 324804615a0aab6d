package dev.lossforge.benchmarks.gpu;

import dev.lossforge.runtime.tornadovm.Device;
import dev.lossforge.runtime.tornadovm.internal.plan.Tasks;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Copies an array on the device: what a kernel can move at best. TornadoVM offers no copy of the driver's between two
 * arrays, so this is a kernel in the form of those for element losses, with four loads under way at once.
 */
final class DeviceCopy {
    private static final int GROUP = 256;
    private static final int ELEMENTS_PER_ITEM = 4;

    private DeviceCopy() {}

    /** The name of the measurement of so many floats, which PyTorch's scripts use too. */
    static String name(int floats) {
        return "copy of %d floats".formatted(floats);
    }

    /**
     * Times the copy.
     *
     * @throws IllegalStateException if an entry is not copied
     */
    static Times time(int floats, Device device) {
        FloatArray from = new FloatArray(floats);
        FloatArray to = new FloatArray(floats);
        for (int i = 0; i < floats; i++) {
            from.set(i, i % 1021);
        }
        to.init(Float.NaN);
        IntArray size = IntArray.fromElements(floats);
        FloatArray last = new FloatArray(1);
        Tasks tasks = new Tasks("copy", device.largestGroup());
        tasks.constant(from, to, size);
        int local = tasks.groupSize(GROUP);
        int groups = Math.ceilDiv(floats, local * ELEMENTS_PER_ITEM);
        tasks.inGroups(
                "copy", groups, local, (graph, task, c) -> graph.task(task, DeviceCopy::copy, c, from, to, last, size));
        try (TimedPlan plan = new TimedPlan(tasks, device, last, to)) {
            plan.execute().transferToHost(to);
            for (int i = 0; i < floats; i++) {
                if (to.get(i) != from.get(i)) {
                    throw new IllegalStateException("entry " + i + " is " + to.get(i) + " instead of " + from.get(i));
                }
            }
            return plan.kernels();
        }
    }

    static void copy(KernelContext c, FloatArray from, FloatArray to, FloatArray last, IntArray size) {
        int n = size.get(0);
        int step = c.globalGroupSizeX;
        int i = c.globalIdx;
        for (; i < n - 3 * step; i += 4 * step) {
            float first = from.get(i);
            float second = from.get(i + step);
            float third = from.get(i + 2 * step);
            float fourth = from.get(i + 3 * step);
            to.set(i, first);
            to.set(i + step, second);
            to.set(i + 2 * step, third);
            to.set(i + 3 * step, fourth);
        }
        for (; i < n; i += step) {
            to.set(i, from.get(i));
        }
        if (c.globalIdx == 0) {
            last.set(0, from.get(n - 1));
        }
    }
}
