package dev.lossforge.runtime.internal;

import dev.lossforge.runtime.tensor.Shape;
import dev.lossforge.runtime.tensor.ShapeException;

/**
 * The position of the window of a convolution or a pooling over an image. Output {@code (y, x)} reads the
 * {@code kernelHeight} input rows from {@code y·strideHeight - padTop} on; the same holds for columns. Positions
 * outside the image read as zero. The window follows from the layer and the input, so every backend uses the same one.
 */
public record Window(
        int inputHeight,
        int inputWidth,
        int channels,
        int kernelHeight,
        int kernelWidth,
        int strideHeight,
        int strideWidth,
        int padTop,
        int padLeft,
        int outputHeight,
        int outputWidth) {

    /**
     * The window of a layer over an image.
     *
     * @param layer the layer's name in messages
     * @param input the shape of one sample, [height, width, channels]
     * @param same whether the image is padded so that a stride of 1 keeps its size
     */
    public static Window of(
            String layer,
            Shape input,
            int kernelHeight,
            int kernelWidth,
            int strideHeight,
            int strideWidth,
            boolean same) {
        Axis rows = Axis.of(input.extent(0), kernelHeight, strideHeight, same);
        Axis columns = Axis.of(input.extent(1), kernelWidth, strideWidth, same);
        if (rows.output < 1 || columns.output < 1) {
            throw new ShapeException(layer + " has a window of " + kernelHeight + "x" + kernelWidth
                    + ", which is larger than its input of shape " + input + "; use a smaller window.");
        }
        return new Window(
                input.extent(0),
                input.extent(1),
                input.extent(2),
                kernelHeight,
                kernelWidth,
                strideHeight,
                strideWidth,
                rows.padBefore,
                columns.padBefore,
                rows.output,
                columns.output);
    }

    /** One direction of the window. */
    private record Axis(int output, int padBefore) {
        static Axis of(int input, int kernel, int stride, boolean same) {
            if (!same) {
                return new Axis(input < kernel ? 0 : (input - kernel) / stride + 1, 0);
            }
            int output = (input - 1) / stride + 1;
            int padded = Math.max((output - 1) * stride + kernel - input, 0);
            return new Axis(output, padded / 2);
        }
    }
}
