package dev.lossforge.runtime.loss;

import dev.lossforge.runtime.tensor.Tensor;
import java.util.Map;

/**
 * A loss, which training minimizes. There are two kinds: the annotation processor generates a {@link FormulaLoss} from
 * each formula method, and a {@link UnitLoss} is written by hand.
 *
 * <p>A loss has no state, and several threads may use it at once. NaN in a prediction or target makes the loss of that
 * unit NaN. Inputs that do not fit throw a {@link dev.lossforge.runtime.tensor.ShapeException}.
 */
public sealed interface LossFunction permits FormulaLoss, UnitLoss {

    /** The name, the inputs and the names of the parts. */
    LossSignature signature();

    /** The name of the formula, as in {@code softmaxCrossEntropy}. */
    default String name() {
        return signature().name();
    }

    /** The name, the inputs and the values of the hyperparameters; equal for losses that compute the same. */
    default String description() {
        return signature().toString();
    }

    /** The loss and its gradients. A large batch uses all processors; the result does not depend on their number. */
    default LossResult valueAndGradients(LossInputs inputs, Reduction reduction) {
        return LossEvaluation.valueAndGradients(BoundLoss.of(this, inputs), reduction);
    }

    /** The loss alone; with {@link Reduction#NONE} the sum. */
    default double value(LossInputs inputs, Reduction reduction) {
        return LossEvaluation.value(BoundLoss.of(this, inputs), reduction);
    }

    /**
     * The loss of every unit, multiplied by its weight. For a loss per element, the shape is the predictions' shape;
     * for a loss per sample, their shape without the last axis; for a loss over the batch, {@code []}.
     */
    default Tensor values(LossInputs inputs) {
        return LossEvaluation.values(BoundLoss.of(this, inputs));
    }

    /**
     * The parts that the formula marks, by name and in order; empty if it marks none. Each is reduced like the loss,
     * with the same weights and without the samples that are left out; {@link Reduction#NONE} gives the sum. If a loss
     * is {@code a + λ·b} of its parts a and b, that also holds after the reduction, up to rounding. Each part costs an
     * evaluation in addition to that of the loss.
     */
    default Map<String, Double> parts(LossInputs inputs, Reduction reduction) {
        return LossEvaluation.parts(BoundLoss.of(this, inputs), reduction);
    }

    /**
     * Each part of every unit, multiplied by the unit's weight, by name and in order. The shape is that of
     * {@link #values}.
     */
    default Map<String, Tensor> partValues(LossInputs inputs) {
        return LossEvaluation.partValues(BoundLoss.of(this, inputs));
    }
}
