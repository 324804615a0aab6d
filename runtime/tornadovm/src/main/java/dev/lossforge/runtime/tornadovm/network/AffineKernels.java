package dev.lossforge.runtime.tornadovm.network;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The kernels of convolutions. Neighbouring work-items take neighbouring filters or channels, whose weights and values
 * lie side by side. {@code shape} is laid out as {@link AffineShape} says; {@code batch} holds the number of samples.
 */
final class AffineKernels {
    private AffineKernels() {}

    /** One work-item per output: {@code out[s, y, x, f] = bias[f] + Σ in[s, y + i, x + j, c] · weights[i, j, c, f]}. */
    static void forward(
            KernelContext c,
            FloatArray input,
            FloatArray parameters,
            FloatArray output,
            IntArray shape,
            IntArray batch) {
        int height = shape.get(AffineShape.HEIGHT);
        int width = shape.get(AffineShape.WIDTH);
        int channels = shape.get(AffineShape.CHANNELS);
        int kernelHeight = shape.get(AffineShape.KERNEL_HEIGHT);
        int kernelWidth = shape.get(AffineShape.KERNEL_WIDTH);
        int outputHeight = shape.get(AffineShape.OUTPUT_HEIGHT);
        int outputWidth = shape.get(AffineShape.OUTPUT_WIDTH);
        int filters = shape.get(AffineShape.FILTERS);
        int weights = shape.get(AffineShape.WEIGHTS);
        int rows = kernelHeight * kernelWidth * channels;
        int count = batch.get(0) * outputHeight * outputWidth * filters;
        for (int at = c.globalIdx; at < count; at += c.globalGroupSizeX) {
            int filter = at % filters;
            int pixel = at / filters;
            int left = (pixel % outputWidth) * shape.get(AffineShape.STRIDE_WIDTH) - shape.get(AffineShape.PAD_LEFT);
            int line = pixel / outputWidth;
            int top = (line % outputHeight) * shape.get(AffineShape.STRIDE_HEIGHT) - shape.get(AffineShape.PAD_TOP);
            int image = (line / outputHeight) * height;
            float sum = shape.get(AffineShape.BIAS) != 0 ? parameters.get(weights + rows * filters + filter) : 0f;
            for (int i = 0; i < kernelHeight; i++) {
                int y = top + i;
                if (y >= 0 && y < height) {
                    for (int j = 0; j < kernelWidth; j++) {
                        int x = left + j;
                        if (x >= 0 && x < width) {
                            int from = ((image + y) * width + x) * channels;
                            int weight = weights + (i * kernelWidth + j) * channels * filters + filter;
                            for (int k = 0; k < channels; k++) {
                                sum += input.get(from + k) * parameters.get(weight + k * filters);
                            }
                        }
                    }
                }
            }
            boolean cut = shape.get(AffineShape.RELU) != 0 && sum <= 0f;
            output.set(at, cut ? 0f : sum);
        }
    }

    /** One work-item per input: the outputs that read it, each times the weight that it read it with. */
    static void inputGradient(
            KernelContext c,
            FloatArray outputGradient,
            FloatArray parameters,
            FloatArray inputGradient,
            IntArray shape,
            IntArray batch) {
        int height = shape.get(AffineShape.HEIGHT);
        int width = shape.get(AffineShape.WIDTH);
        int channels = shape.get(AffineShape.CHANNELS);
        int kernelHeight = shape.get(AffineShape.KERNEL_HEIGHT);
        int kernelWidth = shape.get(AffineShape.KERNEL_WIDTH);
        int strideHeight = shape.get(AffineShape.STRIDE_HEIGHT);
        int strideWidth = shape.get(AffineShape.STRIDE_WIDTH);
        int outputHeight = shape.get(AffineShape.OUTPUT_HEIGHT);
        int outputWidth = shape.get(AffineShape.OUTPUT_WIDTH);
        int filters = shape.get(AffineShape.FILTERS);
        int weights = shape.get(AffineShape.WEIGHTS);
        int count = batch.get(0) * height * width * channels;
        for (int at = c.globalIdx; at < count; at += c.globalGroupSizeX) {
            int channel = at % channels;
            int pixel = at / channels;
            int right = pixel % width + shape.get(AffineShape.PAD_LEFT);
            int line = pixel / width;
            int bottom = line % height + shape.get(AffineShape.PAD_TOP);
            int image = (line / height) * outputHeight;
            float sum = 0f;
            for (int i = 0; i < kernelHeight; i++) {
                int down = bottom - i;
                if (down >= 0 && down % strideHeight == 0 && down / strideHeight < outputHeight) {
                    int row = (image + down / strideHeight) * outputWidth;
                    for (int j = 0; j < kernelWidth; j++) {
                        int across = right - j;
                        if (across >= 0 && across % strideWidth == 0 && across / strideWidth < outputWidth) {
                            int from = (row + across / strideWidth) * filters;
                            int weight = weights + ((i * kernelWidth + j) * channels + channel) * filters;
                            for (int f = 0; f < filters; f++) {
                                sum += outputGradient.get(from + f) * parameters.get(weight + f);
                            }
                        }
                    }
                }
            }
            inputGradient.set(at, sum);
        }
    }

    /** One work-item per parameter and part of the batch: the sum over the part's samples and all pixels. */
    static void parameterGradient(
            KernelContext c,
            FloatArray input,
            FloatArray outputGradient,
            FloatArray parts,
            IntArray shape,
            IntArray batch) {
        int height = shape.get(AffineShape.HEIGHT);
        int width = shape.get(AffineShape.WIDTH);
        int channels = shape.get(AffineShape.CHANNELS);
        int kernelWidth = shape.get(AffineShape.KERNEL_WIDTH);
        int outputHeight = shape.get(AffineShape.OUTPUT_HEIGHT);
        int outputWidth = shape.get(AffineShape.OUTPUT_WIDTH);
        int filters = shape.get(AffineShape.FILTERS);
        int partCount = shape.get(AffineShape.PARTS);
        int weightRows = shape.get(AffineShape.KERNEL_HEIGHT) * kernelWidth * channels;
        int rows = weightRows + shape.get(AffineShape.BIAS);
        int samples = batch.get(0);
        int perPart = (samples + partCount - 1) / partCount;
        int count = partCount * rows * filters;
        for (int at = c.globalIdx; at < count; at += c.globalGroupSizeX) {
            int filter = at % filters;
            int row = (at / filters) % rows;
            int first = at / (filters * rows) * perPart;
            int last = first + perPart < samples ? first + perPart : samples;
            int channel = row % channels;
            int left = (row / channels) % kernelWidth - shape.get(AffineShape.PAD_LEFT);
            int top = row / (channels * kernelWidth) - shape.get(AffineShape.PAD_TOP);
            float sum = 0f;
            for (int line = first * outputHeight; line < last * outputHeight; line++) {
                int y = (line % outputHeight) * shape.get(AffineShape.STRIDE_HEIGHT) + top;
                int image = (line / outputHeight) * height;
                for (int k = 0; k < outputWidth; k++) {
                    int x = k * shape.get(AffineShape.STRIDE_WIDTH) + left;
                    float gradient = outputGradient.get((line * outputWidth + k) * filters + filter);
                    if (row == weightRows) {
                        sum += gradient;
                    } else if (y >= 0 && y < height && x >= 0 && x < width) {
                        sum += input.get(((image + y) * width + x) * channels + channel) * gradient;
                    }
                }
            }
            parts.set(shape.get(AffineShape.FIRST_PART) + at, sum);
        }
    }
}
