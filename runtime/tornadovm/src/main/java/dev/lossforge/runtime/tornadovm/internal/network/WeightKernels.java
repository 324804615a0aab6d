package dev.lossforge.runtime.tornadovm.internal.network;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The kernel of the gradients of a convolution's weights and biases. Weights are numbered row by row: a row is a cell
 * of the kernel and a channel, and holds a weight of each filter. A work-item makes the gradients of a filter in
 * {@link AffineKernels#SUMS} rows, which all need the gradient of the same output.
 */
@SuppressWarnings("ShortCircuitBoolean") // && within a value TornadoVM gets wrong
final class WeightKernels {
    private WeightKernels() {}

    /**
     * From a part of the batch the sums over all pixels, for four rows and a filter or, in the last place, its bias.
     */
    static void gradient(
            KernelContext c,
            FloatArray input,
            FloatArray outputGradient,
            FloatArray parts,
            IntArray shape,
            IntArray batch) {
        int filters = shape.get(AffineShape.FILTERS);
        int outputHeight = shape.get(AffineShape.OUTPUT_HEIGHT);
        int outputWidth = shape.get(AffineShape.OUTPUT_WIDTH);
        int rows = weightRows(shape);
        int tiles = (rows + AffineKernels.SUMS - 1) / AffineKernels.SUMS;
        int tilesAndBias = tiles + shape.get(AffineShape.BIAS);
        int partCount = shape.get(AffineShape.PARTS);
        int perPart = (batch.get(0) + partCount - 1) / partCount;
        int count = partCount * tilesAndBias * filters;
        int step = shape.get(AffineShape.STRIDE_WIDTH) * shape.get(AffineShape.CHANNELS);
        for (int at = c.globalIdx; at < count; at += c.globalGroupSizeX) {
            int filter = at % filters;
            int tile = at / filters % tilesAndBias;
            int part = at / (filters * tilesAndBias);
            int firstLine = part * perPart * outputHeight;
            int endLine = AffineKernels.atMost((part + 1) * perPart, batch.get(0)) * outputHeight;
            int place =
                    shape.get(AffineShape.FIRST_PART) + part * (rows + shape.get(AffineShape.BIAS)) * filters + filter;
            if (tile == tiles) {
                int pixels = (endLine - firstLine) * outputWidth;
                int first = firstLine * outputWidth * filters + filter;
                parts.set(place + rows * filters, sum(outputGradient, first, filters, pixels));
            } else {
                int row0 = tile * AffineKernels.SUMS;
                int row1 = AffineKernels.atMost(row0 + 1, rows - 1);
                int row2 = AffineKernels.atMost(row0 + 2, rows - 1);
                int row3 = AffineKernels.atMost(row0 + 3, rows - 1);
                int first = atLeast(
                        atLeast(firstColumn(row0, shape), firstColumn(row1, shape)),
                        atLeast(firstColumn(row2, shape), firstColumn(row3, shape)));
                int end = AffineKernels.atMost(
                        AffineKernels.atMost(endColumn(row0, shape), endColumn(row1, shape)),
                        AffineKernels.atMost(endColumn(row2, shape), endColumn(row3, shape)));
                float sum0 = 0f;
                float sum1 = 0f;
                float sum2 = 0f;
                float sum3 = 0f;
                for (int line = firstLine; line < endLine; line++) {
                    int line0 = inputLine(row0, line, shape);
                    int line1 = inputLine(row1, line, shape);
                    int line2 = inputLine(row2, line, shape);
                    int line3 = inputLine(row3, line, shape);
                    int from0 = beginning(row0, line0, shape);
                    int from1 = beginning(row1, line1, shape);
                    int from2 = beginning(row2, line2, shape);
                    int from3 = beginning(row3, line3, shape);
                    boolean inside = (line0 | line1 | line2 | line3) >= 0;
                    for (int k = 0; k < outputWidth; k++) {
                        float g = outputGradient.get((line * outputWidth + k) * filters + filter);
                        if (inside & k >= first & k < end) {
                            sum0 += input.get(from0 + k * step) * g;
                            sum1 += input.get(from1 + k * step) * g;
                            sum2 += input.get(from2 + k * step) * g;
                            sum3 += input.get(from3 + k * step) * g;
                        } else {
                            sum0 = plus(sum0, input, line0, row0, k, g, shape);
                            sum1 = plus(sum1, input, line1, row1, k, g, shape);
                            sum2 = plus(sum2, input, line2, row2, k, g, shape);
                            sum3 = plus(sum3, input, line3, row3, k, g, shape);
                        }
                    }
                }
                parts.set(place + row0 * filters, sum0);
                parts.set(place + row1 * filters, sum1);
                parts.set(place + row2 * filters, sum2);
                parts.set(place + row3 * filters, sum3);
            }
        }
    }

    private static int atLeast(int position, int first) {
        return position > first ? position : first;
    }

    /** The cells of the kernel times the channels. */
    private static int weightRows(IntArray shape) {
        return shape.get(AffineShape.KERNEL_HEIGHT)
                * shape.get(AffineShape.KERNEL_WIDTH)
                * shape.get(AffineShape.CHANNELS);
    }

    /** Which column a weight is read with for the first output of a line; before the image if it is padded. */
    private static int column(int row, IntArray shape) {
        int cell = row / shape.get(AffineShape.CHANNELS);
        return cell % shape.get(AffineShape.KERNEL_WIDTH) - shape.get(AffineShape.PAD_LEFT);
    }

    /** The first output of a line for which a weight is read with a column inside. */
    private static int firstColumn(int row, IntArray shape) {
        int stride = shape.get(AffineShape.STRIDE_WIDTH);
        int before = -column(row, shape);
        return before > 0 ? (before + stride - 1) / stride : 0;
    }

    /** One past the last output of a line for which a weight is read with a column inside. */
    private static int endColumn(int row, IntArray shape) {
        int stride = shape.get(AffineShape.STRIDE_WIDTH);
        int columns = shape.get(AffineShape.WIDTH) - column(row, shape);
        return columns > 0
                ? AffineKernels.atMost((columns + stride - 1) / stride, shape.get(AffineShape.OUTPUT_WIDTH))
                : 0;
    }

    /** The line, among those of all images, that a weight is read with for a line of outputs, if it is inside. */
    private static int inputLine(int row, int outputLine, IntArray shape) {
        int outputHeight = shape.get(AffineShape.OUTPUT_HEIGHT);
        int height = shape.get(AffineShape.HEIGHT);
        int i = row / (shape.get(AffineShape.CHANNELS) * shape.get(AffineShape.KERNEL_WIDTH));
        int y = outputLine % outputHeight * shape.get(AffineShape.STRIDE_HEIGHT) - shape.get(AffineShape.PAD_TOP) + i;
        return y >= 0 & y < height ? outputLine / outputHeight * height + y : AffineKernels.OUTSIDE;
    }

    /** Where the value lies that a weight is read with for the first output of a line; it may be outside. */
    private static int beginning(int row, int inputLine, IntArray shape) {
        int channels = shape.get(AffineShape.CHANNELS);
        return (inputLine * shape.get(AffineShape.WIDTH) + column(row, shape)) * channels + row % channels;
    }

    /** Adds the product of a gradient and the value that a weight is read with, unless that is outside. */
    private static float plus(float sum, FloatArray input, int line, int row, int k, float gradient, IntArray shape) {
        float all = sum;
        if (line >= 0 & k >= firstColumn(row, shape) & k < endColumn(row, shape)) {
            int step = shape.get(AffineShape.STRIDE_WIDTH) * shape.get(AffineShape.CHANNELS);
            all += input.get(beginning(row, line, shape) + k * step) * gradient;
        }
        return all;
    }

    /** The sum of values in even distances. */
    private static float sum(FloatArray values, int first, int stride, int count) {
        float sum = 0f;
        for (int i = 0; i < count; i++) {
            sum += values.get(first + i * stride);
        }
        return sum;
    }
}
