package dev.lossforge.runtime.optimizer;

import dev.lossforge.runtime.internal.Rates;
import java.io.Serializable;
import java.util.List;

/** An update rule and its hyperparameters. */
public sealed interface Optimizer extends Serializable permits Sgd, Adam, AdamW {

    /** The learning rate that training starts with. */
    double learningRate();

    /** The same rule with another learning rate. */
    Optimizer withLearningRate(double learningRate);

    /**
     * The names of the values that this rule keeps for every parameter; each has the parameter's shape and starts at
     * zero.
     */
    List<String> slots();

    /**
     * A limit on gradients before they reach the optimizer. The gradients of the whole batch are clipped, penalties
     * included. A gradient that is NaN or infinite is not clipped: the step is skipped, as without clipping.
     */
    sealed interface GradientClipping extends Serializable {

        /** Gradients do not change. */
        record None() implements GradientClipping {}

        /** Every component is clamped to {@code [-limit, limit]}, which may change the direction of the gradient. */
        record ByValue(double limit) implements GradientClipping {
            public ByValue {
                Rates.requirePositive("limit of gradient components", limit);
            }
        }

        /** The gradient of every parameter is scaled down to the Euclidean norm {@code limit} if its norm is larger. */
        record ByNorm(double limit) implements GradientClipping {
            public ByNorm {
                Rates.requirePositive("limit of gradient norms", limit);
            }
        }

        /**
         * If the Euclidean norm of all gradients together exceeds {@code limit}, one factor scales all of them down to
         * it (Pascanu et al. 2013). The direction of the step does not change.
         */
        record ByGlobalNorm(double limit) implements GradientClipping {
            public ByGlobalNorm {
                Rates.requirePositive("limit of the global gradient norm", limit);
            }
        }
    }
}
