package dev.lossforge.runtime.optimizer;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.internal.Rates;
import java.util.List;

/**
 * Stochastic gradient descent.
 *
 * <ul>
 *   <li>plain ({@code momentum} 0): {@code p = p - lr·g}
 *   <li>with momentum μ: {@code v = μ·v + g; p = p - lr·v}
 *   <li>with Nesterov's momentum: {@code v = μ·v + g; p = p - lr·(g + μ·v)}
 * </ul>
 *
 * The learning rate acts outside the velocity, as in PyTorch. In Keras it acts inside, which is equivalent while the
 * learning rate is constant.
 */
public record Sgd(double learningRate, double momentum, boolean nesterov) implements Optimizer {

    /** The slot that holds {@code v}; present only when momentum is above 0. */
    public static final String VELOCITY = "velocity";

    public Sgd {
        Rates.requireLearningRate(learningRate);
        Rates.requireDecay("momentum", momentum);
        if (nesterov && momentum == 0) {
            throw new ConfigurationException("Nesterov's rule needs a momentum above 0; 0.9 is a common choice.");
        }
    }

    /** Without momentum. */
    public static Sgd of(double learningRate) {
        return new Sgd(learningRate, 0, false);
    }

    public Sgd withMomentum(double momentum) {
        return new Sgd(learningRate, momentum, nesterov);
    }

    public Sgd withNesterovMomentum(double momentum) {
        return new Sgd(learningRate, momentum, true);
    }

    @Override
    public Sgd withLearningRate(double learningRate) {
        return new Sgd(learningRate, momentum, nesterov);
    }

    @Override
    public List<String> slots() {
        return momentum == 0 ? List.of() : List.of(VELOCITY);
    }
}
