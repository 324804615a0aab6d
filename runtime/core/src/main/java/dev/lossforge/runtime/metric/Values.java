package dev.lossforge.runtime.metric;

import dev.lossforge.runtime.data.DataException;
import dev.lossforge.runtime.tensor.Data;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.ShapeException;
import dev.lossforge.runtime.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Outputs and targets entry by entry.
 *
 * @param outputs the outputs; as many entries as the targets
 * @param weights one for each output
 */
record Values(Tensor outputs, Data targets, EntryWeights weights) {

    /** @throws ShapeException if there is not one target for each output; an axis of extent 1 does not matter */
    static Values of(String metric, Tensor outputs, Data targets, @Nullable Tensor weights) {
        if (outputs.size() != targets.size() || outputs.samples() != targets.samples()) {
            throw new ShapeException(
                    "The metric '" + metric + "' takes one target for each output, but the outputs have" + " the shape "
                            + outputs.shape() + " and the targets " + targets.shape() + ".");
        }
        return new Values(outputs, targets, EntryWeights.of(metric, weights, targets.shape(), outputs.shape()));
    }

    int size() {
        return outputs.size();
    }

    float output(int i) {
        return outputs.array()[i];
    }

    double target(int i) {
        return switch (targets) {
            case Tensor floats -> floats.array()[i];
            case IntTensor ints -> ints.array()[i];
        };
    }

    double weight(int i) {
        return weights.of(i);
    }

    /**
     * Whether a target is the positive class: 1, and not 0 or −1.
     *
     * @throws DataException if it is something else
     */
    boolean isPositive(String metric, int i) {
        double target = target(i);
        if (target != 1 && target != 0 && target != -1) {
            throw new DataException("The metric '" + metric + "' takes targets of 1 for one class and 0 or -1 for the"
                    + " other, but one is " + target + ".");
        }
        return target == 1;
    }
}
