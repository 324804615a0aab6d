package dev.lossforge.runtime.optimizer;

import dev.lossforge.runtime.internal.Rates;
import java.io.Serializable;

/**
 * How large a gradient may be when it reaches the optimiser's rule. Gradients are clipped as a whole batch gave them,
 * penalties included. A gradient that is NaN or infinite is not clipped: the step is left out, as without clipping.
 */
public sealed interface GradientClipping extends Serializable {

    /** Gradients stay as they are. */
    record None() implements GradientClipping {}

    /** Every component is moved into {@code [-limit, limit]}, which may turn the gradient. */
    record ByValue(double limit) implements GradientClipping {
        public ByValue {
            Rates.requirePositive("limit of gradient components", limit);
        }
    }

    /** The gradient of every parameter is scaled down to the Euclidean norm {@code limit} where its norm is greater. */
    record ByNorm(double limit) implements GradientClipping {
        public ByNorm {
            Rates.requirePositive("limit of gradient norms", limit);
        }
    }

    /**
     * All gradients are scaled down by one factor, to the Euclidean norm {@code limit} of all of them together, where
     * that norm is greater (Pascanu et al. 2013). The direction of the step stays.
     */
    record ByGlobalNorm(double limit) implements GradientClipping {
        public ByGlobalNorm {
            Rates.requirePositive("limit of the global gradient norm", limit);
        }
    }
}
