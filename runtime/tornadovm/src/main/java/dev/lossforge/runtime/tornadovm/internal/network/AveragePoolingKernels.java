package dev.lossforge.runtime.tornadovm.internal.network;

import dev.lossforge.runtime.tornadovm.internal.kernel.DeviceReductions;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** The kernels of average pooling; {@code shape} has the layout of {@link WindowSizes}. */
final class AveragePoolingKernels {
    private AveragePoolingKernels() {}

    /** One work-item per output. The sum is compensated, because a window may be a whole image. */
    static void forward(KernelContext c, FloatArray input, FloatArray output, IntArray shape, IntArray batch) {
        int height = shape.get(WindowSizes.HEIGHT);
        int width = shape.get(WindowSizes.WIDTH);
        int channels = shape.get(WindowSizes.CHANNELS);
        int kernelHeight = shape.get(WindowSizes.KERNEL_HEIGHT);
        int kernelWidth = shape.get(WindowSizes.KERNEL_WIDTH);
        int outputHeight = shape.get(WindowSizes.OUTPUT_HEIGHT);
        int outputWidth = shape.get(WindowSizes.OUTPUT_WIDTH);
        int count = batch.get(0) * outputHeight * outputWidth * channels;
        float share = 1f / (kernelHeight * kernelWidth);
        for (int at = c.globalIdx; at < count; at += c.globalGroupSizeX) {
            int channel = at % channels;
            int pixel = at / channels;
            int left = (pixel % outputWidth) * shape.get(WindowSizes.STRIDE_WIDTH);
            int line = pixel / outputWidth;
            int top = (line / outputHeight) * height + (line % outputHeight) * shape.get(WindowSizes.STRIDE_HEIGHT);
            float sum = 0f;
            float lost = 0f;
            for (int i = 0; i < kernelHeight; i++) {
                for (int j = 0; j < kernelWidth; j++) {
                    float x = input.get(((top + i) * width + left + j) * channels + channel);
                    lost = DeviceReductions.lost(lost, sum, x);
                    sum += x;
                }
            }
            output.set(at, DeviceReductions.sum(sum, lost) * share);
        }
    }

    /** One work-item per input. It adds up the input's shares of the gradients of all windows that contain it. */
    static void backward(
            KernelContext c, FloatArray outputGradient, FloatArray inputGradient, IntArray shape, IntArray batch) {
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
        float share = 1f / (kernelHeight * kernelWidth);
        for (int at = c.globalIdx; at < count; at += c.globalGroupSizeX) {
            int channel = at % channels;
            int pixel = at / channels;
            int x = pixel % width;
            int line = pixel / width;
            int y = line % height;
            int image = (line / height) * outputHeight;
            int firstDown = y < kernelHeight ? 0 : (y - kernelHeight) / strideHeight + 1;
            int firstAcross = x < kernelWidth ? 0 : (x - kernelWidth) / strideWidth + 1;
            int endDown = ProductPlaces.atMost(y / strideHeight + 1, outputHeight);
            int endAcross = ProductPlaces.atMost(x / strideWidth + 1, outputWidth);
            float sum = 0f;
            for (int down = firstDown; down < endDown; down++) {
                for (int across = firstAcross; across < endAcross; across++) {
                    sum += outputGradient.get(((image + down) * outputWidth + across) * channels + channel);
                }
            }
            inputGradient.set(at, share * sum);
        }
    }
}
