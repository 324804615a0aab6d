package dev.lossforge.runtime.layer;

import dev.lossforge.runtime.tensor.Shape;

/** {@code max(x, 0)} of every value; the derivative at 0 is 0, and NaN stays NaN. */
public record ReLU() implements Layer {

    public static ReLU of() {
        return new ReLU();
    }

    @Override
    public String kind() {
        return "relu";
    }

    @Override
    public Shape outputShape(Shape input) {
        return input;
    }
}
