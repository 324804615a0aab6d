package dev.lossforge.runtime.loss;

import dev.lossforge.runtime.internal.kernel.KernelFrame;
import org.jspecify.annotations.Nullable;

/**
 * A loss written by hand: value and derivatives of one unit. A unit is one element, one sample or the whole batch, as
 * the signature's {@link LossSignature.Scope scope} says. The runtime does the rest: it checks shapes, applies weights
 * and masks, reduces, and evaluates units on several threads. Hyperparameters are fields of the class, which must be
 * immutable.
 *
 * <pre>{@code
 * record Pinball(float quantile) implements UnitLoss {
 *
 *     public LossSignature signature() {
 *         return LossSignature.of("pinball", LossSignature.Scope.ELEMENT,
 *                 LossSignature.Input.prediction("p", 0), LossSignature.Input.target("y", FLOAT, 0));
 *     }
 *
 *     public float evaluate(Unit unit) {
 *         float error = unit.value(1) - unit.value(0);
 *         float slope = error >= 0 ? quantile : quantile - 1;
 *         unit.addGradient(0, -slope);
 *         return slope * error;
 *     }
 * }
 * }</pre>
 *
 * <p>Inputs are numbered as in the signature. The signature has only predictions and targets, no hyperparameters and no
 * parts.
 */
public non-sealed interface UnitLoss extends LossFunction {

    /** The name and the inputs of the loss; always the same. */
    @Override
    LossSignature signature();

    /** Returns the loss of one unit and adds its derivatives, which start at 0. Several threads call it at once. */
    float evaluate(Unit unit);

    /** The inputs of one unit and its derivatives. Valid during one call of {@link #evaluate}. */
    final class Unit {
        private final KernelFrame frame;
        private int number;

        Unit(KernelFrame frame) {
            this.frame = frame;
        }

        Unit moveTo(int unit) {
            number = unit;
            return this;
        }

        /** The size of an input along an axis, within one unit. */
        public int extent(int input, int axis) {
            return frame.extent(input, axis);
        }

        /** The value of a float input that has one per unit. */
        public float value(int input) {
            return value(input, 0);
        }

        /** An entry of a float input, counted row by row within the unit. */
        public float value(int input, int entry) {
            return frame.floats(input)[position(input, entry)];
        }

        /** The value of an int input that has one per unit. */
        public int integer(int input) {
            return integer(input, 0);
        }

        /** An entry of an int input, counted row by row within the unit. */
        public int integer(int input, int entry) {
            return frame.ints(input)[position(input, entry)];
        }

        /** Whether derivatives are requested; if not, added derivatives are discarded. */
        public boolean wantsDerivatives() {
            return frame.wantsDerivatives();
        }

        /** Adds to the derivative with respect to a prediction that has one value per unit. */
        public void addGradient(int prediction, float derivative) {
            addGradient(prediction, 0, derivative);
        }

        /** Adds to the derivative with respect to an entry of a prediction. */
        public void addGradient(int prediction, int entry, float derivative) {
            add(frame.gradient(prediction), prediction, entry, derivative);
        }

        /** Adds to the second derivative with respect to an entry of a prediction, if the signature declares it. */
        public void addHessian(int prediction, int entry, float derivative) {
            add(frame.hessian(prediction), prediction, entry, derivative);
        }

        private void add(float @Nullable [] derivatives, int prediction, int entry, float derivative) {
            if (derivatives != null) {
                derivatives[position(prediction, entry)] += derivative * frame.scale(number);
            }
        }

        private int position(int input, int entry) {
            return number * frame.unitSize(input) + entry;
        }
    }
}
