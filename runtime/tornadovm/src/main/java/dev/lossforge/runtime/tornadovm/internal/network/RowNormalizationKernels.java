package dev.lossforge.runtime.tornadovm.internal.network;

import dev.lossforge.runtime.tornadovm.internal.kernel.DeviceMath;
import dev.lossforge.runtime.tornadovm.internal.kernel.DeviceReductions;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Normalization of rows. The backward pass computes {@code dx = precision · (dz − mean(dz) − z · mean(z · dz))}.
 * Statistics have the layout of {@link NormalizationKernels}.
 */
final class RowNormalizationKernels {
    private static final int STATISTICS = NormalizationKernels.STATISTICS;

    private RowNormalizationKernels() {}

    /** One work-item per row. */
    static void forward(
            KernelContext c,
            FloatArray input,
            FloatArray parameters,
            FloatArray output,
            FloatArray statistics,
            int scale,
            int rows,
            int length,
            float epsilon,
            IntArray batch) {
        int count = batch.get(0) * rows;
        for (int row = c.globalIdx; row < count; row += c.globalGroupSizeX) {
            int first = row * length;
            float sum = 0f;
            float lost = 0f;
            for (int i = 0; i < length; i++) {
                float x = input.get(first + i);
                lost = DeviceReductions.lost(lost, sum, x);
                sum += x;
            }
            float mean = DeviceReductions.sum(sum, lost) / length;
            float shift = 0f;
            float shiftLost = 0f;
            for (int i = 0; i < length; i++) {
                float x = input.get(first + i) - mean;
                shiftLost = DeviceReductions.lost(shiftLost, shift, x);
                shift += x;
            }
            float rest = DeviceReductions.sum(shift, shiftLost) / length;
            float squares = 0f;
            float squaresLost = 0f;
            for (int i = 0; i < length; i++) {
                float square = DeviceMath.square((input.get(first + i) - mean) - rest);
                squaresLost = DeviceReductions.lost(squaresLost, squares, square);
                squares += square;
            }
            float variance = DeviceReductions.sum(squares, squaresLost) / length;
            float precision = 1f / DeviceMath.sqrt(variance + epsilon);
            for (int i = 0; i < length; i++) {
                float z = NormalizationKernels.normalized(input.get(first + i), mean, rest, precision);
                output.set(first + i, parameters.get(scale + i) * z + parameters.get(scale + length + i));
            }
            statistics.set(row * STATISTICS, mean);
            statistics.set(row * STATISTICS + 1, rest);
            statistics.set(row * STATISTICS + 2, precision);
        }
    }

    /** One work-item per row. */
    static void inputGradient(
            KernelContext c,
            FloatArray input,
            FloatArray parameters,
            FloatArray outputGradient,
            FloatArray statistics,
            FloatArray inputGradient,
            int scale,
            int rows,
            int length,
            IntArray batch) {
        int count = batch.get(0) * rows;
        for (int row = c.globalIdx; row < count; row += c.globalGroupSizeX) {
            int first = row * length;
            float mean = statistics.get(row * STATISTICS);
            float rest = statistics.get(row * STATISTICS + 1);
            float precision = statistics.get(row * STATISTICS + 2);
            float sum = 0f;
            float sumLost = 0f;
            float products = 0f;
            float productsLost = 0f;
            for (int i = 0; i < length; i++) {
                float dz = parameters.get(scale + i) * outputGradient.get(first + i);
                float product = dz * NormalizationKernels.normalized(input.get(first + i), mean, rest, precision);
                sumLost = DeviceReductions.lost(sumLost, sum, dz);
                sum += dz;
                productsLost = DeviceReductions.lost(productsLost, products, product);
                products += product;
            }
            float meanGradient = DeviceReductions.sum(sum, sumLost) / length;
            float slope = DeviceReductions.sum(products, productsLost) / length;
            for (int i = 0; i < length; i++) {
                float dz = parameters.get(scale + i) * outputGradient.get(first + i);
                float z = NormalizationKernels.normalized(input.get(first + i), mean, rest, precision);
                inputGradient.set(first + i, precision * ((dz - meanGradient) - z * slope));
            }
        }
    }
}
