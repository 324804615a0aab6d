package dev.lossforge.runtime.tornadovm.internal.network;

import dev.lossforge.runtime.tornadovm.internal.kernel.DeviceReductions;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** The kernels of max pooling; {@code shape} has the layout of {@link WindowSizes}. */
final class PoolingKernels {
    private PoolingKernels() {}

    /** One work-item per output; {@code winners} gets the position of its value among the inputs. A NaN wins. */
    static void forward(
            KernelContext c, FloatArray input, FloatArray output, IntArray winners, IntArray shape, IntArray batch) {
        int height = shape.get(WindowSizes.HEIGHT);
        int width = shape.get(WindowSizes.WIDTH);
        int channels = shape.get(WindowSizes.CHANNELS);
        int kernelHeight = shape.get(WindowSizes.KERNEL_HEIGHT);
        int kernelWidth = shape.get(WindowSizes.KERNEL_WIDTH);
        int outputHeight = shape.get(WindowSizes.OUTPUT_HEIGHT);
        int outputWidth = shape.get(WindowSizes.OUTPUT_WIDTH);
        int count = batch.get(0) * outputHeight * outputWidth * channels;
        for (int at = c.globalIdx; at < count; at += c.globalGroupSizeX) {
            int channel = at % channels;
            int pixel = at / channels;
            int left = (pixel % outputWidth) * shape.get(WindowSizes.STRIDE_WIDTH);
            int line = pixel / outputWidth;
            int top = (line / outputHeight) * height + (line % outputHeight) * shape.get(WindowSizes.STRIDE_HEIGHT);
            int winner = (top * width + left) * channels + channel;
            float max = input.get(winner);
            for (int i = 0; i < kernelHeight; i++) {
                for (int j = 0; j < kernelWidth; j++) {
                    int candidate = ((top + i) * width + left + j) * channels + channel;
                    float x = input.get(candidate);
                    if (DeviceReductions.beats(x, max)) {
                        max = x;
                        winner = candidate;
                    }
                }
            }
            output.set(at, max);
            winners.set(at, winner);
        }
    }

    /** One work-item per input: the gradients of all windows that it won. */
    static void backward(
            KernelContext c,
            FloatArray outputGradient,
            IntArray winners,
            FloatArray inputGradient,
            IntArray shape,
            IntArray batch) {
        int height = shape.get(WindowSizes.HEIGHT);
        int width = shape.get(WindowSizes.WIDTH);
        int channels = shape.get(WindowSizes.CHANNELS);
        int kernelHeight = shape.get(WindowSizes.KERNEL_HEIGHT);
        int kernelWidth = shape.get(WindowSizes.KERNEL_WIDTH);
        int strideHeight = shape.get(WindowSizes.STRIDE_HEIGHT);
        int strideWidth = shape.get(WindowSizes.STRIDE_WIDTH);
        int outputHeight = shape.get(WindowSizes.OUTPUT_HEIGHT);
        int outputWidth = shape.get(WindowSizes.OUTPUT_WIDTH);
        int count = batch.get(0) * height * width * channels;
        for (int at = c.globalIdx; at < count; at += c.globalGroupSizeX) {
            int channel = at % channels;
            int pixel = at / channels;
            int x = pixel % width;
            int line = pixel / width;
            int y = line % height;
            int image = (line / height) * outputHeight;
            float sum = 0f;
            for (int i = 0; i < kernelHeight; i++) {
                int down = y - i;
                if (down >= 0 && down % strideHeight == 0 && down / strideHeight < outputHeight) {
                    for (int j = 0; j < kernelWidth; j++) {
                        int across = x - j;
                        if (across >= 0 && across % strideWidth == 0 && across / strideWidth < outputWidth) {
                            int window = ((image + down / strideHeight) * outputWidth + across / strideWidth) * channels
                                    + channel;
                            if (winners.get(window) == at) {
                                sum += outputGradient.get(window);
                            }
                        }
                    }
                }
            }
            inputGradient.set(at, sum);
        }
    }

    /**
     * The same for windows that do not overlap, one work-item per window. Every input is in at most one window. Inputs
     * beyond the last window are handled by the work-item of an incomplete window.
     */
    static void backwardSideBySide(
            KernelContext c,
            FloatArray outputGradient,
            IntArray winners,
            FloatArray inputGradient,
            IntArray shape,
            IntArray batch) {
        int height = shape.get(WindowSizes.HEIGHT);
        int width = shape.get(WindowSizes.WIDTH);
        int channels = shape.get(WindowSizes.CHANNELS);
        int kernelHeight = shape.get(WindowSizes.KERNEL_HEIGHT);
        int kernelWidth = shape.get(WindowSizes.KERNEL_WIDTH);
        int outputHeight = shape.get(WindowSizes.OUTPUT_HEIGHT);
        int outputWidth = shape.get(WindowSizes.OUTPUT_WIDTH);
        int high = (height + kernelHeight - 1) / kernelHeight;
        int wide = (width + kernelWidth - 1) / kernelWidth;
        int count = batch.get(0) * high * wide * channels;
        for (int at = c.globalIdx; at < count; at += c.globalGroupSizeX) {
            int channel = at % channels;
            int pixel = at / channels;
            int across = pixel % wide;
            int line = pixel / wide;
            int down = line % high;
            int image = line / high;
            int winner = -1;
            float gradient = 0f;
            if (down < outputHeight && across < outputWidth) {
                int window = ((image * outputHeight + down) * outputWidth + across) * channels + channel;
                winner = winners.get(window);
                gradient = outputGradient.get(window);
            }
            int endHeight = ProductPlaces.atMost((down + 1) * kernelHeight, height);
            int endWidth = ProductPlaces.atMost((across + 1) * kernelWidth, width);
            for (int y = down * kernelHeight; y < endHeight; y++) {
                for (int x = across * kernelWidth; x < endWidth; x++) {
                    int input = ((image * height + y) * width + x) * channels + channel;
                    inputGradient.set(input, input == winner ? gradient : 0f);
                }
            }
        }
    }
}
