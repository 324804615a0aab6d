package dev.lossforge.runtime.layer;

import dev.lossforge.runtime.internal.Window;
import dev.lossforge.runtime.tensor.Shape;
import java.util.List;

/**
 * A two-dimensional convolution (strictly a cross-correlation, as is usual in this field): {@code out[y, x, f] =
 * activation(bias[f] + sum over i, j, c of in[y·strideHeight + i - padTop, x·strideWidth + j - padLeft, c] · weights[i,
 * j, c, f])}.
 *
 * <p>Input {@code [height, width, channels]}, weights {@code [kernelHeight, kernelWidth, channels, filters]}, bias
 * {@code [filters]}, output {@code [outputHeight, outputWidth, filters]}.
 *
 * <p>This holds up to rounding if pixels and weights are finite. An infinite pixel may make the results and gradients
 * of all windows that read it NaN, even where the formula yields an infinity or 0.
 */
public record Conv2D(
        int filters,
        int kernelHeight,
        int kernelWidth,
        int strideHeight,
        int strideWidth,
        Padding padding,
        Activation activation,
        boolean bias,
        Initializer initializer)
        implements Layer {

    public Conv2D {
        LayerSettings.requirePositive("Conv2D", "a number of filters", filters);
        LayerSettings.requirePositive("Conv2D", "a kernel height", kernelHeight);
        LayerSettings.requirePositive("Conv2D", "a kernel width", kernelWidth);
        LayerSettings.requirePositive("Conv2D", "a stride", strideHeight);
        LayerSettings.requirePositive("Conv2D", "a stride", strideWidth);
    }

    /** A square kernel, stride 1, no padding, no activation, a bias, and Glorot uniform weights, as in Keras. */
    public static Conv2D of(int filters, int kernelSize) {
        return of(filters, kernelSize, Activation.LINEAR);
    }

    /** As {@link #of(int, int)}, with an activation. */
    public static Conv2D of(int filters, int kernelSize, Activation activation) {
        return new Conv2D(
                filters, kernelSize, kernelSize, 1, 1, Padding.VALID, activation, true, Initializer.GLOROT_UNIFORM);
    }

    public Conv2D withKernel(int height, int width) {
        return new Conv2D(filters, height, width, strideHeight, strideWidth, padding, activation, bias, initializer);
    }

    public Conv2D withStride(int stride) {
        return withStride(stride, stride);
    }

    public Conv2D withStride(int height, int width) {
        return new Conv2D(filters, kernelHeight, kernelWidth, height, width, padding, activation, bias, initializer);
    }

    public Conv2D withPadding(Padding padding) {
        return new Conv2D(
                filters, kernelHeight, kernelWidth, strideHeight, strideWidth, padding, activation, bias, initializer);
    }

    public Conv2D withActivation(Activation activation) {
        return new Conv2D(
                filters, kernelHeight, kernelWidth, strideHeight, strideWidth, padding, activation, bias, initializer);
    }

    public Conv2D withoutBias() {
        return new Conv2D(
                filters, kernelHeight, kernelWidth, strideHeight, strideWidth, padding, activation, false, initializer);
    }

    /** The same layer with another initializer for its weights; the bias always starts at zero. */
    public Conv2D withInitializer(Initializer initializer) {
        return new Conv2D(
                filters, kernelHeight, kernelWidth, strideHeight, strideWidth, padding, activation, bias, initializer);
    }

    /** The position of the kernel over such an input. */
    public Window window(Shape input) {
        LayerSettings.requireImage("Conv2D", input);
        return Window.of(
                "Conv2D", input, kernelHeight, kernelWidth, strideHeight, strideWidth, padding == Padding.SAME);
    }

    @Override
    public String kind() {
        return "conv2d";
    }

    @Override
    public Shape outputShape(Shape input) {
        Window window = window(input);
        return Shape.of(window.outputHeight(), window.outputWidth(), filters);
    }

    @Override
    public List<ParameterSpec> parameters(Shape input) {
        Shape weights = Shape.of(kernelHeight, kernelWidth, window(input).channels(), filters);
        return ParameterSpec.weightsAndBias(weights, initializer, bias);
    }
}
