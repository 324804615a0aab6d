package dev.lossforge.runtime.layer;

import dev.lossforge.runtime.internal.Window;
import dev.lossforge.runtime.tensor.Shape;

/**
 * The largest value of each window, per channel, without padding. Rows and columns that do not fill a window are
 * ignored. The gradient goes to the first of equal largest values in row-major order; a window that contains a NaN
 * yields NaN. After a {@link Conv2D}, the rounded values decide, and equal patches may be rounded differently.
 */
public record MaxPool2D(int height, int width, int strideHeight, int strideWidth) implements Layer {

    public MaxPool2D {
        LayerSettings.requirePositive("MaxPool2D", "a window height", height);
        LayerSettings.requirePositive("MaxPool2D", "a window width", width);
        LayerSettings.requirePositive("MaxPool2D", "a stride", strideHeight);
        LayerSettings.requirePositive("MaxPool2D", "a stride", strideWidth);
    }

    /** Adjacent square windows. */
    public static MaxPool2D of(int size) {
        return new MaxPool2D(size, size, size, size);
    }

    public MaxPool2D withStride(int stride) {
        return new MaxPool2D(height, width, stride, stride);
    }

    /** The position of the window over such an input. */
    public Window window(Shape input) {
        LayerSettings.requireImage("MaxPool2D", input);
        return Window.of("MaxPool2D", input, height, width, strideHeight, strideWidth, false);
    }

    @Override
    public String kind() {
        return "maxpool2d";
    }

    @Override
    public Shape outputShape(Shape input) {
        Window window = window(input);
        return Shape.of(window.outputHeight(), window.outputWidth(), window.channels());
    }
}
