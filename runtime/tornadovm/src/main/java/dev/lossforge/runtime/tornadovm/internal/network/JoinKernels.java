package dev.lossforge.runtime.tornadovm.internal.network;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** The kernels of layers that join values; {@code size} values per sample. */
final class JoinKernels {
    private JoinKernels() {}

    /** {@code sum = x + y}; {@code sum} and {@code x} may be the same array. */
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
