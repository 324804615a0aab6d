package dev.lossforge.runtime.optimizer;

import dev.lossforge.runtime.internal.Rates;
import java.util.List;

/**
 * Adam (Kingma and Ba 2015, algorithm 1): {@code m = β1·m + (1-β1)·g; v = β2·v + (1-β2)·g²; p = p - lr·(m / (1-β1^t)) /
 * (sqrt(v / (1-β2^t)) + ε)}.
 *
 * <p>The defaults are the paper's: learning rate 0.001, β1 0.9, β2 0.999, ε 1e-8 (as in PyTorch; Keras takes 1e-7).
 */
public record Adam(double learningRate, double beta1, double beta2, double epsilon) implements Optimizer {

    /** The slot that holds {@code m}. */
    public static final String FIRST_MOMENT = "firstMoment";
    /** The slot that holds {@code v}. */
    public static final String SECOND_MOMENT = "secondMoment";

    public Adam {
        Rates.requireLearningRate(learningRate);
        Rates.requireDecay("beta1", beta1);
        Rates.requireDecay("beta2", beta2);
        Rates.requirePositive("epsilon", epsilon);
    }

    /** All defaults. */
    public static Adam of() {
        return of(1e-3);
    }

    /** The defaults with another learning rate. */
    public static Adam of(double learningRate) {
        return new Adam(learningRate, 0.9, 0.999, 1e-8);
    }

    public Adam withBetas(double beta1, double beta2) {
        return new Adam(learningRate, beta1, beta2, epsilon);
    }

    public Adam withEpsilon(double epsilon) {
        return new Adam(learningRate, beta1, beta2, epsilon);
    }

    @Override
    public Adam withLearningRate(double learningRate) {
        return new Adam(learningRate, beta1, beta2, epsilon);
    }

    @Override
    public List<String> slots() {
        return List.of(FIRST_MOMENT, SECOND_MOMENT);
    }
}
