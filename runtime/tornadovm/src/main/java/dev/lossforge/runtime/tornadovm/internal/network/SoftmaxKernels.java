package dev.lossforge.runtime.tornadovm.internal.network;

import dev.lossforge.runtime.tornadovm.internal.kernel.DeviceMath;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Softmax over rows of {@code classes} values, and its gradient {@code dx = y·(dy − Σ y·dy)}; one work-item per row.
 */
final class SoftmaxKernels {
    private SoftmaxKernels() {}

    static void forward(KernelContext c, FloatArray input, FloatArray output, int rows, int classes, IntArray batch) {
        int count = batch.get(0) * rows;
        for (int row = c.globalIdx; row < count; row += c.globalGroupSizeX) {
            int first = row * classes;
            float max = Float.NEGATIVE_INFINITY;
            for (int i = 0; i < classes; i++) {
                max = DeviceMath.max(max, input.get(first + i));
            }
            float sum = 0f;
            for (int i = 0; i < classes; i++) {
                float exponential = DeviceMath.exp(input.get(first + i) - max);
                output.set(first + i, exponential);
                sum += exponential;
            }
            for (int i = 0; i < classes; i++) {
                output.set(first + i, output.get(first + i) / sum);
            }
        }
    }

    static void backward(
            KernelContext c,
            FloatArray output,
            FloatArray outputGradient,
            FloatArray inputGradient,
            int rows,
            int classes,
            IntArray batch) {
        int count = batch.get(0) * rows;
        for (int row = c.globalIdx; row < count; row += c.globalGroupSizeX) {
            int first = row * classes;
            float mean = 0f;
            for (int i = 0; i < classes; i++) {
                mean += output.get(first + i) * outputGradient.get(first + i);
            }
            for (int i = 0; i < classes; i++) {
                inputGradient.set(first + i, output.get(first + i) * (outputGradient.get(first + i) - mean));
            }
        }
    }
}
