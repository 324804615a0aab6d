package dev.lossforge.runtime.layer;

import dev.lossforge.runtime.tensor.Shape;
import java.util.List;

/**
 * A trainable parameter that a layer needs.
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
    }

    /** Weights and, if asked for, a bias of one value per output, which starts at zero. */
    static List<ParameterSpec> weightsAndBias(Shape weights, Initializer initializer, boolean bias) {
        ParameterSpec kernel = new ParameterSpec(Role.WEIGHTS, weights, initializer);
        return bias
                ? List.of(kernel, new ParameterSpec(Role.BIAS, Shape.of(weights.lastExtent()), Initializer.ZEROS))
                : List.of(kernel);
    }
}
