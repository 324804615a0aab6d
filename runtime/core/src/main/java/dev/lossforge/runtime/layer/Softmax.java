package dev.lossforge.runtime.layer;

import dev.lossforge.runtime.tensor.Shape;
import dev.lossforge.runtime.tensor.ShapeException;

/** {@code exp(x) / sum(exp(x))} over the last axis, computed after subtracting the largest x. */
public record Softmax() implements Layer {

    public static Softmax of() {
        return new Softmax();
    }

    @Override
    public String kind() {
        return "softmax";
    }

    @Override
    public Shape outputShape(Shape input) {
        if (input.rank() == 0) {
            throw new ShapeException("Softmax takes a row of values per sample, but its input is a single value.");
        }
        return input;
    }
}
