package dev.lossforge.runtime.tornadovm.internal.network;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** {@code max(x, 0)} that keeps NaN, and its gradient, which is 0 where the output is. */
final class RectifierKernels {
    private RectifierKernels() {}

    static void forward(KernelContext c, FloatArray input, FloatArray output, int size, IntArray batch) {
        int count = batch.get(0) * size;
        for (int at = c.globalIdx; at < count; at += c.globalGroupSizeX) {
            float x = input.get(at);
            output.set(at, x <= 0f ? 0f : x);
        }
    }

    static void backward(
            KernelContext c,
            FloatArray output,
            FloatArray outputGradient,
            FloatArray inputGradient,
            int size,
            IntArray batch) {
        int count = batch.get(0) * size;
        for (int at = c.globalIdx; at < count; at += c.globalGroupSizeX) {
            inputGradient.set(at, output.get(at) == 0f ? 0f : outputGradient.get(at));
        }
    }
}
