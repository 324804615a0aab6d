package dev.lossforge.runtime.layer;

import dev.lossforge.runtime.internal.Window;
import dev.lossforge.runtime.tensor.Shape;

/** The mean of each channel over the whole image: {@code [height, width, channels]} becomes {@code [channels]}. */
public record GlobalAveragePool2D() implements Layer {

    public static GlobalAveragePool2D of() {
        return new GlobalAveragePool2D();
    }

    /** The window over all of such an input. */
    public Window window(Shape input) {
        LayerSettings.requireImage("GlobalAveragePool2D", input);
        return Window.of("GlobalAveragePool2D", input, input.extent(0), input.extent(1), 1, 1, false);
    }

    @Override
    public String kind() {
        return "globalaveragepool2d";
    }

    @Override
    public Shape outputShape(Shape input) {
        return Shape.of(window(input).channels());
    }
}
