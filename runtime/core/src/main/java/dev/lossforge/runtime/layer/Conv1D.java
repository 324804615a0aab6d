package dev.lossforge.runtime.layer;

import dev.lossforge.runtime.internal.Window;
import dev.lossforge.runtime.tensor.Shape;
import dev.lossforge.runtime.tensor.ShapeException;
import java.util.List;

/**
 * A convolution along a sequence: {@code out[t, f] = activation(bias[f] + sum over k and c of in[t · stride + k −
 * padding, c] · weights[k, c, f])}.
 *
 * <p>Input {@code [length, channels]}, weights {@code [kernel, channels, filters]}, bias {@code [filters]}, output
 * {@code [outputs, filters]}; {@link Padding} determines the number of outputs.
 */
public record Conv1D(
        int filters,
        int kernel,
        int stride,
        Padding padding,
        Activation activation,
        boolean bias,
        Initializer initializer)
        implements Layer {

    public Conv1D {
        LayerSettings.requirePositive("Conv1D", "a number of filters", filters);
        LayerSettings.requirePositive("Conv1D", "a kernel", kernel);
        LayerSettings.requirePositive("Conv1D", "a stride", stride);
    }

    /** Stride 1, no padding, no activation, a bias, and Glorot uniform weights, as in Keras. */
    public static Conv1D of(int filters, int kernel) {
        return of(filters, kernel, Activation.LINEAR);
    }

    /** As {@link #of(int, int)}, with an activation. */
    public static Conv1D of(int filters, int kernel, Activation activation) {
        return new Conv1D(filters, kernel, 1, Padding.VALID, activation, true, Initializer.GLOROT_UNIFORM);
    }

    public Conv1D withStride(int stride) {
        return new Conv1D(filters, kernel, stride, padding, activation, bias, initializer);
    }

    public Conv1D withPadding(Padding padding) {
        return new Conv1D(filters, kernel, stride, padding, activation, bias, initializer);
    }

    public Conv1D withoutBias() {
        return new Conv1D(filters, kernel, stride, padding, activation, false, initializer);
    }

    /** The same layer with another initializer for its weights; the bias always starts at zero. */
    public Conv1D withInitializer(Initializer initializer) {
        return new Conv1D(filters, kernel, stride, padding, activation, bias, initializer);
    }

    /** The position of the kernel over such an input, regarded as an image of one line. */
    public Window window(Shape input) {
        if (input.rank() != 2) {
            throw new ShapeException(
                    "Conv1D takes sequences [length, channels], but its input has the shape " + input + ".");
        }
        Shape line = Shape.of(1, input.extent(0), input.extent(1));
        return Window.of("Conv1D", line, 1, kernel, 1, stride, padding == Padding.SAME);
    }

    @Override
    public String kind() {
        return "conv1d";
    }

    @Override
    public Shape outputShape(Shape input) {
        return Shape.of(window(input).outputWidth(), filters);
    }

    @Override
    public List<ParameterSpec> parameters(Shape input) {
        Shape weights = Shape.of(kernel, window(input).channels(), filters);
        return ParameterSpec.weightsAndBias(weights, initializer, bias);
    }
}
