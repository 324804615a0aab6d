package dev.lossforge.runtime.tornadovm.internal.network;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The kernels of convolutions between two layers. Neighbouring work-items take neighbouring filters or channels, whose
 * weights and values lie side by side. Each makes {@link #SUMS} sums at once: they share a weight, which is so read
 * once for all, and do not wait for each other. At the end the last of them may be made more than once, and stores the
 * same. {@code shape} is laid out as {@link AffineShape} says; {@code batch} holds the number of samples.
 */
@SuppressWarnings("ShortCircuitBoolean") // && within a value TornadoVM gets wrong
final class AffineKernels {
    /** How many sums a work-item makes at once. */
    static final int SUMS = 4;

    /** In the place of a position. */
    static final int OUTSIDE = -1;

    private AffineKernels() {}

    /** The outputs of a filter at four pixels: {@code bias[f] + Σ in[s, y + i, x + j, c] · weights[i, j, c, f]}. */
    static void forward(
            KernelContext c,
            FloatArray input,
            FloatArray parameters,
            FloatArray output,
            IntArray shape,
            IntArray batch) {
        int channels = shape.get(AffineShape.CHANNELS);
        int kernelHeight = shape.get(AffineShape.KERNEL_HEIGHT);
        int kernelWidth = shape.get(AffineShape.KERNEL_WIDTH);
        int filters = shape.get(AffineShape.FILTERS);
        int weights = shape.get(AffineShape.WEIGHTS);
        int biases = weights + kernelHeight * kernelWidth * channels * filters;
        int pixels = batch.get(0) * shape.get(AffineShape.OUTPUT_HEIGHT) * shape.get(AffineShape.OUTPUT_WIDTH);
        int count = (pixels + SUMS - 1) / SUMS * filters;
        for (int at = c.globalIdx; at < count; at += c.globalGroupSizeX) {
            int filter = at % filters;
            int pixel0 = at / filters * SUMS;
            int pixel1 = atMost(pixel0 + 1, pixels - 1);
            int pixel2 = atMost(pixel0 + 2, pixels - 1);
            int pixel3 = atMost(pixel0 + 3, pixels - 1);
            int image0 = image(pixel0, shape);
            int image1 = image(pixel1, shape);
            int image2 = image(pixel2, shape);
            int image3 = image(pixel3, shape);
            int top0 = top(pixel0, shape);
            int top1 = top(pixel1, shape);
            int top2 = top(pixel2, shape);
            int top3 = top(pixel3, shape);
            int left0 = left(pixel0, shape);
            int left1 = left(pixel1, shape);
            int left2 = left(pixel2, shape);
            int left3 = left(pixel3, shape);
            float bias = shape.get(AffineShape.BIAS) != 0 ? parameters.get(biases + filter) : 0f;
            float sum0 = bias;
            float sum1 = bias;
            float sum2 = bias;
            float sum3 = bias;
            for (int i = 0; i < kernelHeight; i++) {
                for (int j = 0; j < kernelWidth; j++) {
                    int from0 = input(image0, top0 + i, left0 + j, shape);
                    int from1 = input(image1, top1 + i, left1 + j, shape);
                    int from2 = input(image2, top2 + i, left2 + j, shape);
                    int from3 = input(image3, top3 + i, left3 + j, shape);
                    int weight = weights + (i * kernelWidth + j) * channels * filters + filter;
                    if ((from0 | from1 | from2 | from3) >= 0) {
                        for (int k = 0; k < channels; k++) {
                            float w = parameters.get(weight + k * filters);
                            sum0 += input.get(from0 + k) * w;
                            sum1 += input.get(from1 + k) * w;
                            sum2 += input.get(from2 + k) * w;
                            sum3 += input.get(from3 + k) * w;
                        }
                    } else {
                        sum0 = plus(sum0, input, from0, parameters, weight, filters, channels);
                        sum1 = plus(sum1, input, from1, parameters, weight, filters, channels);
                        sum2 = plus(sum2, input, from2, parameters, weight, filters, channels);
                        sum3 = plus(sum3, input, from3, parameters, weight, filters, channels);
                    }
                }
            }
            boolean cuts = shape.get(AffineShape.RELU) != 0;
            output.set(pixel0 * filters + filter, cuts & sum0 <= 0f ? 0f : sum0);
            output.set(pixel1 * filters + filter, cuts & sum1 <= 0f ? 0f : sum1);
            output.set(pixel2 * filters + filter, cuts & sum2 <= 0f ? 0f : sum2);
            output.set(pixel3 * filters + filter, cuts & sum3 <= 0f ? 0f : sum3);
        }
    }

    /** The gradients of a channel at four pixels: the outputs that read it, each times the weight it is read with. */
    static void inputGradient(
            KernelContext c,
            FloatArray outputGradient,
            FloatArray parameters,
            FloatArray inputGradient,
            IntArray shape,
            IntArray batch) {
        int channels = shape.get(AffineShape.CHANNELS);
        int kernelHeight = shape.get(AffineShape.KERNEL_HEIGHT);
        int kernelWidth = shape.get(AffineShape.KERNEL_WIDTH);
        int filters = shape.get(AffineShape.FILTERS);
        int weights = shape.get(AffineShape.WEIGHTS);
        int height = shape.get(AffineShape.HEIGHT);
        int width = shape.get(AffineShape.WIDTH);
        int pixels = batch.get(0) * height * width;
        int count = (pixels + SUMS - 1) / SUMS * channels;
        for (int at = c.globalIdx; at < count; at += c.globalGroupSizeX) {
            int channel = at % channels;
            int pixel0 = at / channels * SUMS;
            int pixel1 = atMost(pixel0 + 1, pixels - 1);
            int pixel2 = atMost(pixel0 + 2, pixels - 1);
            int pixel3 = atMost(pixel0 + 3, pixels - 1);
            float sum0 = 0f;
            float sum1 = 0f;
            float sum2 = 0f;
            float sum3 = 0f;
            for (int i = 0; i < kernelHeight; i++) {
                int line0 = line(pixel0 / width, i, shape);
                int line1 = line(pixel1 / width, i, shape);
                int line2 = line(pixel2 / width, i, shape);
                int line3 = line(pixel3 / width, i, shape);
                for (int j = 0; j < kernelWidth; j++) {
                    int from0 = output(line0, pixel0 % width, j, shape);
                    int from1 = output(line1, pixel1 % width, j, shape);
                    int from2 = output(line2, pixel2 % width, j, shape);
                    int from3 = output(line3, pixel3 % width, j, shape);
                    int weight = weights + ((i * kernelWidth + j) * channels + channel) * filters;
                    if ((from0 | from1 | from2 | from3) >= 0) {
                        for (int f = 0; f < filters; f++) {
                            float w = parameters.get(weight + f);
                            sum0 += outputGradient.get(from0 + f) * w;
                            sum1 += outputGradient.get(from1 + f) * w;
                            sum2 += outputGradient.get(from2 + f) * w;
                            sum3 += outputGradient.get(from3 + f) * w;
                        }
                    } else {
                        sum0 = plus(sum0, outputGradient, from0, parameters, weight, 1, filters);
                        sum1 = plus(sum1, outputGradient, from1, parameters, weight, 1, filters);
                        sum2 = plus(sum2, outputGradient, from2, parameters, weight, 1, filters);
                        sum3 = plus(sum3, outputGradient, from3, parameters, weight, 1, filters);
                    }
                }
            }
            inputGradient.set(pixel0 * channels + channel, sum0);
            inputGradient.set(pixel1 * channels + channel, sum1);
            inputGradient.set(pixel2 * channels + channel, sum2);
            inputGradient.set(pixel3 * channels + channel, sum3);
        }
    }

    static int atMost(int position, int last) {
        return position < last ? position : last;
    }

    /** The first line of the image that an output pixel is in. */
    private static int image(int pixel, IntArray shape) {
        int ofImage = shape.get(AffineShape.OUTPUT_HEIGHT) * shape.get(AffineShape.OUTPUT_WIDTH);
        return pixel / ofImage * shape.get(AffineShape.HEIGHT);
    }

    /** The first line, counted in its image, that an output pixel reads. */
    private static int top(int pixel, IntArray shape) {
        int line = pixel / shape.get(AffineShape.OUTPUT_WIDTH) % shape.get(AffineShape.OUTPUT_HEIGHT);
        return line * shape.get(AffineShape.STRIDE_HEIGHT) - shape.get(AffineShape.PAD_TOP);
    }

    private static int left(int pixel, IntArray shape) {
        int column = pixel % shape.get(AffineShape.OUTPUT_WIDTH);
        return column * shape.get(AffineShape.STRIDE_WIDTH) - shape.get(AffineShape.PAD_LEFT);
    }

    /** Where the channels of an input pixel begin, if it is inside. */
    private static int input(int image, int y, int x, IntArray shape) {
        int width = shape.get(AffineShape.WIDTH);
        boolean inside = y >= 0 & y < shape.get(AffineShape.HEIGHT) & x >= 0 & x < width;
        return inside ? ((image + y) * width + x) * shape.get(AffineShape.CHANNELS) : OUTSIDE;
    }

    /** The line of outputs, among those of all images, that reads an input line with a line of the kernel, if any. */
    private static int line(int inputLine, int i, IntArray shape) {
        int height = shape.get(AffineShape.HEIGHT);
        int stride = shape.get(AffineShape.STRIDE_HEIGHT);
        int down = inputLine % height + shape.get(AffineShape.PAD_TOP) - i;
        int line = down / stride;
        boolean reads = down >= 0 & line * stride == down & line < shape.get(AffineShape.OUTPUT_HEIGHT);
        return reads ? inputLine / height * shape.get(AffineShape.OUTPUT_HEIGHT) + line : OUTSIDE;
    }

    /** Where the filters of the output on a line begin that reads an input with a column of the kernel, if any. */
    private static int output(int line, int x, int j, IntArray shape) {
        int width = shape.get(AffineShape.OUTPUT_WIDTH);
        int stride = shape.get(AffineShape.STRIDE_WIDTH);
        int across = x + shape.get(AffineShape.PAD_LEFT) - j;
        int column = across / stride;
        boolean reads = line >= 0 & across >= 0 & column * stride == across & column < width;
        return reads ? (line * width + column) * shape.get(AffineShape.FILTERS) : OUTSIDE;
    }

    /** Adds the products of values side by side and weights, unless the values are outside. */
    private static float plus(
            float sum, FloatArray values, int from, FloatArray parameters, int weight, int stride, int count) {
        float all = sum;
        if (from >= 0) {
            for (int k = 0; k < count; k++) {
                all += values.get(from + k) * parameters.get(weight + k * stride);
            }
        }
        return all;
    }
}
