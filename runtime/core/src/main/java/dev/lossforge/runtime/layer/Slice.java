package dev.lossforge.runtime.layer;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.tensor.Shape;
import dev.lossforge.runtime.tensor.ShapeException;

/** The entries {@code from} to {@code to - 1} along the last axis. */
public record Slice(int from, int to) implements Layer {

    public Slice {
        if (from < 0 || to <= from) {
            throw new ConfigurationException(
                    "A Slice has at least one entry from 0 on, but " + from + " to " + to + " is given.");
        }
    }

    public static Slice of(int from, int to) {
        return new Slice(from, to);
    }

    @Override
    public String kind() {
        return "slice";
    }

    @Override
    public Shape outputShape(Shape input) {
        if (input.rank() == 0 || input.lastExtent() < to) {
            throw new ShapeException("Slice takes the entries " + from + " to " + (to - 1)
                    + " of the last axis, but its input has the shape " + input + ".");
        }
        int[] extents = input.toArray();
        extents[extents.length - 1] = to - from;
        return Shape.of(extents);
    }
}
