package dev.lossforge.runtime.layer;

import dev.lossforge.runtime.tensor.Shape;

/** The same values as one row per sample, in row-major order. */
public record Flatten() implements Layer {

    public static Flatten of() {
        return new Flatten();
    }

    @Override
    public String kind() {
        return "flatten";
    }

    @Override
    public Shape outputShape(Shape input) {
        return Shape.of(input.size());
    }
}
