package dev.lossforge.runtime.tornadovm.internal.network;

import dev.lossforge.runtime.tornadovm.internal.kernel.DeviceReductions;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * What normalizations of rows and of channels have in common: {@code y = scale · z + bias} with {@code z = (x − mean) ·
 * precision}. Three numbers are kept for each row or channel: the mean, its rounding error, and the precision. Without
 * the rounding error, a mean that is large compared to the deviations would cost them their accuracy.
 */
final class NormalizationKernels {
    /** The number of statistics per row or channel. */
    static final int STATISTICS = 3;

    private NormalizationKernels() {}

    /** A value {@code z}, from the three statistics of its row or channel. */
    static float normalized(float x, float mean, float rest, float precision) {
        return ((x - mean) - rest) * precision;
    }

    /**
     * One work-item per column and part of the batch: the gradients of the column's scale and bias.
     *
     * @param ofColumns 1 if the statistics belong to the columns, 0 if they belong to the rows
     */
    static void parameterGradient(
            KernelContext c,
            FloatArray input,
            FloatArray outputGradient,
            FloatArray statistics,
            FloatArray parts,
            int begin,
            int partCount,
            int rows,
            int length,
            int ofColumns,
            IntArray batch) {
        int count = batch.get(0) * rows;
        int items = partCount * length;
        for (int item = c.globalIdx; item < items; item += c.globalGroupSizeX) {
            int column = item % length;
            int part = item / length;
            float scaleSum = 0f;
            float scaleLost = 0f;
            float biasSum = 0f;
            float biasLost = 0f;
            for (int row = part; row < count; row += partCount) {
                float gradient = outputGradient.get(row * length + column);
                int owner = STATISTICS * (ofColumns != 0 ? column : row);
                float mean = statistics.get(owner);
                float rest = statistics.get(owner + 1);
                float z = normalized(input.get(row * length + column), mean, rest, statistics.get(owner + 2));
                float product = gradient * z;
                scaleLost = DeviceReductions.lost(scaleLost, scaleSum, product);
                scaleSum += product;
                biasLost = DeviceReductions.lost(biasLost, biasSum, gradient);
                biasSum += gradient;
            }
            int at = begin + part * 2 * length + column;
            parts.set(at, DeviceReductions.sum(scaleSum, scaleLost));
            parts.set(at + length, DeviceReductions.sum(biasSum, biasLost));
        }
    }
}
