package dev.lossforge.runtime.layer;

import dev.lossforge.runtime.tensor.Shape;
import java.util.List;

/**
 * A parameter that a layer needs.
 *
 * @param role its role in the layer
 * @param shape its shape
 * @param initializer its initial values
 */
public record ParameterSpec(Role role, Shape shape, Initializer initializer) {

    /** The role of a parameter in its layer. Penalties and weight decay act only on weights. */
    public enum Role {
        WEIGHTS("weights"),
        BIAS("bias"),
        /** A factor of each value, in normalization. */
        SCALE("scale"),
        /** A factor of the previous state, in a recurrent layer. */
        RECURRENT_WEIGHTS("recurrentWeights"),
        RECURRENT_BIAS("recurrentBias"),
        /** The running mean of each channel during training; a state that no optimizer changes. */
        RUNNING_MEAN("runningMean"),
        /** As {@link #RUNNING_MEAN}, but of the variance. */
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

    /** Weights and, if requested, a bias of one value per output, which starts at zero. */
    static List<ParameterSpec> weightsAndBias(Shape weights, Initializer initializer, boolean bias) {
        return weightsAndBias(weights, initializer, bias, weights.lastExtent());
    }

    /**
     * As {@link #weightsAndBias(Shape, Initializer, boolean)}, for weights whose last axis does not count the outputs.
     */
    static List<ParameterSpec> weightsAndBias(Shape weights, Initializer initializer, boolean bias, int outputs) {
        ParameterSpec kernel = new ParameterSpec(Role.WEIGHTS, weights, initializer);
        return bias
                ? List.of(kernel, new ParameterSpec(Role.BIAS, Shape.of(outputs), Initializer.ZEROS))
                : List.of(kernel);
    }
}
