package dev.lossforge.runtime.tornadovm.internal.network;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** What is done where values meet; {@code size} values in a sample. */
final class JoinKernels {
    private JoinKernels() {}

    /** {@code sum = x + y}; the sum may lie in the place of x. */
    static void add(KernelContext c, FloatArray x, FloatArray y, FloatArray sum, int size, IntArray batch) {
        int count = batch.get(0) * size;
        for (int at = c.globalIdx; at < count; at += c.globalGroupSizeX) {
            sum.set(at, x.get(at) + y.get(at));
        }
    }

    static void copy(KernelContext c, FloatArray from, FloatArray to, int size, IntArray batch) {
        int count = batch.get(0) * size;
        for (int at = c.globalIdx; at < count; at += c.globalGroupSizeX) {
            to.set(at, from.get(at));
        }
    }
}
