package dev.lossforge.runtime.metric;

import dev.lossforge.runtime.tensor.Shape;
import dev.lossforge.runtime.tensor.ShapeException;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The weight of each entry that a metric counts.
 *
 * @param weights null if all entries count equally
 * @param entries the number of entries that have the same weight
 */
record EntryWeights(@Nullable Tensor weights, int entries) {

    /**
     * @param shapes the shapes of the entries: one value for each of them
     * @throws ShapeException if none of the shapes begins with the axes of the weights
     */
    static EntryWeights of(String metric, @Nullable Tensor weights, Shape... shapes) {
        if (weights == null) {
            return new EntryWeights(null, 1);
        }
        if (List.of(shapes).stream().noneMatch(shape -> begins(shape, weights.shape()))) {
            throw new ShapeException("The metric '" + metric + "' counts values of shape " + shapes[0]
                    + ", but the weights or the mask have the shape " + weights.shape()
                    + "; give one per value or one per sample.");
        }
        return new EntryWeights(weights, shapes[0].size() / weights.size());
    }

    private static boolean begins(Shape shape, Shape axes) {
        boolean begins = axes.rank() >= 1 && axes.rank() <= shape.rank();
        for (int axis = 0; begins && axis < axes.rank(); axis++) {
            begins = shape.extent(axis) == axes.extent(axis);
        }
        return begins;
    }

    double of(int entry) {
        return weights == null ? 1 : weights.array()[entry / entries];
    }
}
