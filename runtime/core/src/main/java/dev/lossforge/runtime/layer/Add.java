package dev.lossforge.runtime.layer;

import dev.lossforge.runtime.tensor.Shape;
import dev.lossforge.runtime.tensor.ShapeException;
import java.util.List;

/** The sum of several values of one shape, element by element, as at the end of a residual branch. */
public record Add() implements Layer {

    public static Add of() {
        return new Add();
    }

    @Override
    public String kind() {
        return "add";
    }

    @Override
    public boolean joins() {
        return true;
    }

    @Override
    public Shape outputShape(Shape input) {
        return input;
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        for (Shape input : inputs) {
            if (!input.equals(inputs.getFirst())) {
                throw new ShapeException(
                        "Add takes values of one shape, but gets " + inputs.getFirst() + " and " + input + ".");
            }
        }
        return inputs.getFirst();
    }
}
