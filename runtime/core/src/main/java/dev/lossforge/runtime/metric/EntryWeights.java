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
        Shape axes = weights.shape();
        if (axes.rank() == 0 || List.of(shapes).stream().noneMatch(shape -> shape.beginsWith(axes))) {
            throw new ShapeException("The metric '" + metric + "' counts values of shape " + shapes[0]
                    + ", but the weights or the mask have the shape " + axes
                    + "; give one per value or one per sample.");
        }
        return new EntryWeights(weights, shapes[0].size() / weights.size());
    }

    double of(int entry) {
        return weights == null ? 1 : weights.array()[entry / entries];
    }
}
