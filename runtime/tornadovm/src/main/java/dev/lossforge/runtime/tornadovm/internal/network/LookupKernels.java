package dev.lossforge.runtime.tornadovm.internal.network;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Looks up rows of weights by indices, which the host has checked. */
final class LookupKernels {
    private LookupKernels() {}

    /** One work-item per value. */
    static void forward(
            KernelContext c,
            FloatArray indices,
            FloatArray parameters,
            FloatArray output,
            int weights,
            int dimensions,
            int size,
            IntArray batch) {
        int count = batch.get(0) * size;
        for (int at = c.globalIdx; at < count; at += c.globalGroupSizeX) {
            int row = (int) indices.get(at / dimensions);
            output.set(at, parameters.get(weights + row * dimensions + at % dimensions));
        }
    }

    /** Sets all gradients to 0, the gradient of a row that no index refers to. */
    static void clear(KernelContext c, FloatArray parts, int begin, int size) {
        for (int at = c.globalIdx; at < size; at += c.globalGroupSizeX) {
            parts.set(begin + at, 0f);
        }
    }

    /**
     * One work-item per dimension and part of the batch. It processes the indices one after the other, because two may
     * refer to the same row.
     *
     * @param partSize the number of weights
     * @param length the number of indices of a sample
     */
    static void parameterGradient(
            KernelContext c,
            FloatArray indices,
            FloatArray outputGradient,
            FloatArray parts,
            int begin,
            int partSize,
            int partCount,
            int dimensions,
            int length,
            IntArray batch) {
        int count = batch.get(0) * length;
        int items = partCount * dimensions;
        for (int item = c.globalIdx; item < items; item += c.globalGroupSizeX) {
            int dimension = item % dimensions;
            int part = item / dimensions;
            int first = begin + part * partSize + dimension;
            for (int i = part; i < count; i += partCount) {
                int at = first + ((int) indices.get(i)) * dimensions;
                parts.set(at, parts.get(at) + outputGradient.get(i * dimensions + dimension));
            }
        }
    }
}
