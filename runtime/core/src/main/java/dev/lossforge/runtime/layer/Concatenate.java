package dev.lossforge.runtime.layer;

import dev.lossforge.runtime.tensor.Shape;
import dev.lossforge.runtime.tensor.ShapeException;
import java.util.List;

/**
 * Joins several values along the last axis, in order: rows {@code [a]} and {@code [b]} become {@code [a + b]}, images
 * {@code [height, width, a]} and {@code [height, width, b]} become {@code [height, width, a + b]}.
 */
public record Concatenate() implements Layer {

    public static Concatenate of() {
        return new Concatenate();
    }

    @Override
    public String kind() {
        return "concatenate";
    }

    @Override
    public boolean joins() {
        return true;
    }

    @Override
    public Shape outputShape(Shape input) {
        return outputShape(List.of(input));
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        Shape first = inputs.getFirst();
        int sum = 0;
        for (Shape input : inputs) {
            if (input.rank() == 0 || first.rank() == 0 || !input.withoutLast().equals(first.withoutLast())) {
                throw new ShapeException("Concatenate takes values that differ in their last axis only, but gets "
                        + first + " and " + input + ".");
            }
            sum = Math.addExact(sum, input.lastExtent());
        }
        int[] extents = first.toArray();
        extents[extents.length - 1] = sum;
        return Shape.of(extents);
    }
}
