package dev.lossforge.runtime.layer;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.internal.Window;
import dev.lossforge.runtime.tensor.Shape;
import dev.lossforge.runtime.tensor.ShapeException;
import java.util.List;

/**
 * A transposed convolution, which enlarges images: {@code out[y, x, f] = activation(bias[f] + sum of in[v, w, c] ·
 * weights[i, j, f, c])} over all positions with {@code v·strideHeight + i − paddingHeight = y} and {@code w·strideWidth
 * + j − paddingWidth = x}. It is the gradient of a convolution with respect to its input.
 *
 * <p>Input {@code [height, width, channels]}, weights {@code [kernelHeight, kernelWidth, filters, channels]}, bias
 * {@code [filters]}. As in PyTorch, the output has {@code (height − 1) · strideHeight − 2 · paddingHeight +
 * kernelHeight + outputPaddingHeight} rows, and columns alike; output padding is less than the stride.
 */
public record ConvTranspose2D(
        int filters,
        int kernelHeight,
        int kernelWidth,
        int strideHeight,
        int strideWidth,
        int paddingHeight,
        int paddingWidth,
        int outputPaddingHeight,
        int outputPaddingWidth,
        Activation activation,
        boolean bias,
        Initializer initializer)
        implements Layer {
    private static final String NAME = "ConvTranspose2D";

    public ConvTranspose2D {
        LayerSettings.requirePositive(NAME, "a number of filters", filters);
        LayerSettings.requirePositive(NAME, "a kernel height", kernelHeight);
        LayerSettings.requirePositive(NAME, "a kernel width", kernelWidth);
        LayerSettings.requirePositive(NAME, "a stride", strideHeight);
        LayerSettings.requirePositive(NAME, "a stride", strideWidth);
        requirePadding(paddingHeight, outputPaddingHeight, strideHeight);
        requirePadding(paddingWidth, outputPaddingWidth, strideWidth);
    }

    private static void requirePadding(int padding, int outputPadding, int stride) {
        if (padding < 0) {
            throw new ConfigurationException(NAME + " needs a padding of at least 0, but " + padding + " is given.");
        }
        if (outputPadding < 0 || outputPadding >= stride) {
            throw new ConfigurationException(
                    NAME + " needs an output padding of at least 0 and less than its stride of " + stride + ", but "
                            + outputPadding + " is given.");
        }
    }

    /** A square kernel, stride 1, no padding, no activation, a bias, and Glorot uniform weights. */
    public static ConvTranspose2D of(int filters, int kernelSize) {
        return of(filters, kernelSize, Activation.LINEAR);
    }

    /** As {@link #of(int, int)}, with an activation. */
    public static ConvTranspose2D of(int filters, int kernelSize, Activation activation) {
        return new ConvTranspose2D(
                filters, kernelSize, kernelSize, 1, 1, 0, 0, 0, 0, activation, true, Initializer.GLOROT_UNIFORM);
    }

    private ConvTranspose2D with(Activation newActivation, boolean newBias, Initializer newInitializer) {
        return new ConvTranspose2D(
                filters,
                kernelHeight,
                kernelWidth,
                strideHeight,
                strideWidth,
                paddingHeight,
                paddingWidth,
                outputPaddingHeight,
                outputPaddingWidth,
                newActivation,
                newBias,
                newInitializer);
    }

    private ConvTranspose2D at(int[] kernel, int[] stride, int[] padding, int[] outputPadding) {
        return new ConvTranspose2D(
                filters,
                kernel[0],
                kernel[1],
                stride[0],
                stride[1],
                padding[0],
                padding[1],
                outputPadding[0],
                outputPadding[1],
                activation,
                bias,
                initializer);
    }

    private int[] kernel() {
        return new int[] {kernelHeight, kernelWidth};
    }

    private int[] stride() {
        return new int[] {strideHeight, strideWidth};
    }

    private int[] padding() {
        return new int[] {paddingHeight, paddingWidth};
    }

    private int[] outputPadding() {
        return new int[] {outputPaddingHeight, outputPaddingWidth};
    }

    public ConvTranspose2D withKernel(int height, int width) {
        return at(new int[] {height, width}, stride(), padding(), outputPadding());
    }

    public ConvTranspose2D withStride(int stride) {
        return withStride(stride, stride);
    }

    public ConvTranspose2D withStride(int height, int width) {
        return at(kernel(), new int[] {height, width}, padding(), outputPadding());
    }

    /** Removes this number of rows and columns from each border of the output. */
    public ConvTranspose2D withPadding(int padding) {
        return withPadding(padding, padding);
    }

    /** As {@link #withPadding(int)}. */
    public ConvTranspose2D withPadding(int height, int width) {
        return at(kernel(), stride(), new int[] {height, width}, outputPadding());
    }

    /** Adds this number of rows below and columns to the right of the output; set the stride first. */
    public ConvTranspose2D withOutputPadding(int padding) {
        return withOutputPadding(padding, padding);
    }

    /** As {@link #withOutputPadding(int)}. */
    public ConvTranspose2D withOutputPadding(int height, int width) {
        return at(kernel(), stride(), padding(), new int[] {height, width});
    }

    public ConvTranspose2D withActivation(Activation activation) {
        return with(activation, bias, initializer);
    }

    public ConvTranspose2D withoutBias() {
        return with(activation, false, initializer);
    }

    /** The same layer with another initializer for its weights; the bias always starts at zero. */
    public ConvTranspose2D withInitializer(Initializer initializer) {
        return with(activation, bias, initializer);
    }

    /**
     * The position of the kernel in the reverse convolution, from an image of the output's size to one of the input's.
     */
    public Window window(Shape input) {
        LayerSettings.requireImage(NAME, input);
        int rows = extent(input.extent(0), kernelHeight, strideHeight, paddingHeight, outputPaddingHeight);
        int columns = extent(input.extent(1), kernelWidth, strideWidth, paddingWidth, outputPaddingWidth);
        if (rows < 1 || columns < 1) {
            throw new ShapeException(NAME + " would output an image of " + rows + "x" + columns
                    + " pixels for an input of shape " + input + "; use less padding.");
        }
        return new Window(
                rows,
                columns,
                filters,
                kernelHeight,
                kernelWidth,
                strideHeight,
                strideWidth,
                paddingHeight,
                paddingWidth,
                input.extent(0),
                input.extent(1));
    }

    private static int extent(int input, int kernel, int stride, int padding, int outputPadding) {
        return Math.addExact(Math.multiplyExact(input - 1, stride), kernel + outputPadding - 2 * padding);
    }

    @Override
    public String kind() {
        return "convtranspose2d";
    }

    @Override
    public Shape outputShape(Shape input) {
        Window window = window(input);
        return Shape.of(window.inputHeight(), window.inputWidth(), filters);
    }

    @Override
    public List<ParameterSpec> parameters(Shape input) {
        LayerSettings.requireImage(NAME, input);
        Shape weights = Shape.of(kernelHeight, kernelWidth, filters, input.lastExtent());
        return ParameterSpec.weightsAndBias(weights, initializer, bias, filters);
    }
}
