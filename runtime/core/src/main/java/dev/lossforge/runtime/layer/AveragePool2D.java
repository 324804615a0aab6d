package dev.lossforge.runtime.layer;

import dev.lossforge.runtime.internal.Window;
import dev.lossforge.runtime.tensor.Shape;

/**
 * The mean of each window, per channel, without padding: {@code [height, width, channels]} becomes {@code [rows,
 * columns, channels]}. Rows and columns that do not fill a window are ignored and have no gradient.
 */
public record AveragePool2D(int height, int width, int strideHeight, int strideWidth) implements Layer {

    public AveragePool2D {
        LayerSettings.requirePositive("AveragePool2D", "a window height", height);
        LayerSettings.requirePositive("AveragePool2D", "a window width", width);
        LayerSettings.requirePositive("AveragePool2D", "a stride", strideHeight);
        LayerSettings.requirePositive("AveragePool2D", "a stride", strideWidth);
    }

    /** Adjacent square windows. */
    public static AveragePool2D of(int size) {
        return new AveragePool2D(size, size, size, size);
    }

    public AveragePool2D withStride(int stride) {
        return new AveragePool2D(height, width, stride, stride);
    }

    /** The position of the window over such an input. */
    public Window window(Shape input) {
        LayerSettings.requireImage("AveragePool2D", input);
        return Window.of("AveragePool2D", input, height, width, strideHeight, strideWidth, false);
    }

    @Override
    public String kind() {
        return "averagepool2d";
    }

    @Override
    public Shape outputShape(Shape input) {
        Window window = window(input);
        return Shape.of(window.outputHeight(), window.outputWidth(), window.channels());
    }
}
