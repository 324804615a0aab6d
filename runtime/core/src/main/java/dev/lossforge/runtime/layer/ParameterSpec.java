package dev.lossforge.runtime.layer;

import dev.lossforge.runtime.tensor.Shape;
import java.util.List;

/**
 * A parameter that a layer needs.
 *
 * @param role what it is to the layer
 * @param shape its shape
 * @param initializer how it starts
 */
public record ParameterSpec(Role role, Shape shape, Initializer initializer) {

    /** What a parameter is to its layer. Penalties and weight decay act on weights alone. */
    public enum Role {
        WEIGHTS("weights"),
        BIAS("bias"),
        /** A factor of each value, in normalization. */
        SCALE("scale"),
        /** What the state before is multiplied by, in a recurrent layer. */
        RECURRENT_WEIGHTS("recurrentWeights"),
        RECURRENT_BIAS("recurrentBias"),
        /** What training has seen of the mean of each channel: state, which no optimizer changes. */
        RUNNING_MEAN("runningMean"),
        /** As {@link #RUNNING_MEAN}, of the variance. */
        RUNNING_VARIANCE("runningVariance"),
        /** A hyperparameter of the loss that is trained with the model. */
        HYPERPARAMETER("hyperparameter");

        private final String label;

        Role(String label) {
            this.label = label;
        }

        /** The name of such a parameter within its layer. */
        public String label() {
            return label;
        }

        /** Whether penalties and weight decay act on it. */
        public boolean isWeights() {
            return this == WEIGHTS || this == RECURRENT_WEIGHTS;
        }

        /** Whether an optimizer changes it, along a gradient. */
        public boolean isTrained() {
            return this != RUNNING_MEAN && this != RUNNING_VARIANCE;
        }
    }

    /** Weights and, if asked for, a bias of one value per output, which starts at zero. */
    static List<ParameterSpec> weightsAndBias(Shape weights, Initializer initializer, boolean bias) {
        return weightsAndBias(weights, initializer, bias, weights.lastExtent());
    }

    /** As {@link #weightsAndBias(Shape, Initializer, boolean)}, where the weights' last axis is not that of outputs. */
    static List<ParameterSpec> weightsAndBias(Shape weights, Initializer initializer, boolean bias, int outputs) {
        ParameterSpec kernel = new ParameterSpec(Role.WEIGHTS, weights, initializer);
        return bias
                ? List.of(kernel, new ParameterSpec(Role.BIAS, Shape.of(outputs), Initializer.ZEROS))
                : List.of(kernel);
    }
}
