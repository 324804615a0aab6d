package dev.lossforge.runtime.loss;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.internal.kernel.KernelFrame;
import dev.lossforge.runtime.internal.kernel.LossKernel;
import dev.lossforge.runtime.tensor.Shape;
import java.util.List;

/**
 * A loss on one batch, checked and ready to be computed range by range. Backends use it; everybody else calls the
 * methods of {@link LossFunction}.
 *
 * <pre>{@code
 * BoundLoss bound = BoundLoss.of(loss, LossInputs.of(logits, labels));
 * bound.frame().gradient(0, gradient).scale((float) (1 / bound.divisor(Reduction.MEAN)));
 * double sum = bound.kernel().run(bound.frame(), 0, bound.units());   // or several ranges on several threads
 * double mean = sum / bound.divisor(Reduction.MEAN);
 * }</pre>
 *
 * @param inputShapes the shape of every input, by position
 * @param partKernels the kernel of each part, by its position in the signature; they compute no derivatives
 * @param frame the inputs and weights; no derivatives are requested yet
 * @param units the number of elements, of samples, or 1 for a loss over the batch
 * @param unitShape the shape of the losses of all units
 * @param counted the number of units that are neither masked nor ignored
 * @param weightSum the sum of the units' weights
 */
public record BoundLoss(
        LossSignature signature,
        List<Shape> inputShapes,
        LossKernel kernel,
        List<LossKernel> partKernels,
        KernelFrame frame,
        int units,
        Shape unitShape,
        int counted,
        double weightSum) {

    public BoundLoss {
        inputShapes = List.copyOf(inputShapes);
        partKernels = List.copyOf(partKernels);
    }

    /**
     * Checks the inputs of a loss and lays them out for its kernel.
     *
     * @throws dev.lossforge.runtime.tensor.ShapeException if the shapes do not fit the loss
     */
    public static BoundLoss of(LossFunction loss, LossInputs inputs) {
        return switch (loss) {
            case FormulaLoss formula -> formula.bind(inputs);
            case UnitLoss byHand ->
                LossBinding.bind(byHand.signature(), new UnitKernel(byHand), List.of(), List.of(), inputs);
        };
    }

    /** The divisor of the sum of the units' losses. */
    public double divisor(Reduction reduction) {
        return switch (reduction) {
            case NONE, SUM -> 1;
            case MEAN -> counted;
            case WEIGHTED_MEAN -> weightSum;
        };
    }

    /**
     * The divisor as a number of samples, so that losses with different numbers of units per sample have the same one.
     * A sample of which only some units are counted, or weighted, is a fraction of one. A loss over the batch counts
     * all samples.
     */
    public double divisor(Reduction reduction, int samples) {
        boolean isMean = reduction == Reduction.MEAN || reduction == Reduction.WEIGHTED_MEAN;
        if (!isMean) {
            return 1;
        }
        int unitsPerSample = units / samples;
        return signature.scope() == LossSignature.Scope.BATCH ? samples : divisor(reduction) / unitsPerSample;
    }

    /**
     * One part of the loss in place of the whole, on the same units with the same weights and divisors. It has no
     * derivatives.
     *
     * @throws ConfigurationException if the loss has no part of this name
     */
    public BoundLoss part(String name) {
        int position = signature.parts().indexOf(name);
        if (position < 0) {
            throw new ConfigurationException("The loss " + signature + " has no part '" + name + "'; it has "
                    + (signature.parts().isEmpty() ? "none" : String.join(", ", signature.parts())) + ".");
        }
        LossSignature ofPart = new LossSignature(
                signature.name() + "." + name, signature.scope(), signature.inputs(), signature.equalExtents(), false);
        return new BoundLoss(
                ofPart,
                inputShapes,
                partKernels.get(position),
                List.of(),
                frame.ofInputs(),
                units,
                unitShape,
                counted,
                weightSum);
    }

    /** The same batch, computed by another kernel, such as one that does something before or after this one. */
    public BoundLoss withKernel(LossKernel other) {
        return new BoundLoss(signature, inputShapes, other, partKernels, frame, units, unitShape, counted, weightSum);
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
