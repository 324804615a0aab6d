package dev.lossforge.runtime.loss;

import dev.lossforge.runtime.kernel.KernelFrame;
import dev.lossforge.runtime.kernel.LossKernel;
import dev.lossforge.runtime.tensor.Shape;
import java.util.List;

/**
 * A loss on one batch, checked and ready to be computed range by range.
 *
 * <pre>{@code
 * BoundLoss bound = loss.bind(LossInputs.of(logits, labels));
 * bound.frame().gradient(0, gradient).scale((float) (1 / bound.divisor(Reduction.MEAN)));
 * double sum = bound.kernel().run(bound.frame(), 0, bound.units());   // or several ranges on several threads
 * double mean = sum / bound.divisor(Reduction.MEAN);
 * }</pre>
 *
 * @param inputShapes the shape of every input, by position
 * @param frame the inputs and weights; no derivatives are asked for yet
 * @param units the number of elements, of samples, or 1 for a loss over the batch
 * @param unitShape the shape of the losses of all units
 * @param counted the number of units that are neither masked nor ignored
 * @param weightSum the sum of the units' weights
 */
public record BoundLoss(
        LossSignature signature,
        List<Shape> inputShapes,
        LossKernel kernel,
        KernelFrame frame,
        int units,
        Shape unitShape,
        int counted,
        double weightSum) {

    public BoundLoss {
        inputShapes = List.copyOf(inputShapes);
    }

    /** What the sum of the units' losses is divided by. */
    public double divisor(Reduction reduction) {
        return switch (reduction) {
            case NONE, SUM -> 1;
            case MEAN -> counted;
            case WEIGHTED_MEAN -> weightSum;
        };
    }

    /** Computes all units, in chunks on the common pool; returns the sum of their losses. */
    public double run() {
        return LossEvaluation.run(this);
    }

    /** The number of entries of the largest input in one unit: a measure of a unit's work. */
    int largestUnit() {
        int largest = 1;
        for (int i = 0; i < inputShapes.size(); i++) {
            largest = Math.max(largest, frame.unitSize(i));
        }
        return largest;
    }
}
