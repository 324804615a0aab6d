package dev.lossforge.runtime.optimizer;

import dev.lossforge.runtime.internal.Rates;
import java.util.List;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2019): {@code p = p - lr·λ·p} for weights, not for biases,
 * then the rule of {@link Adam} with the unchanged gradient.
 *
 * <p>The defaults are {@link Adam}'s and λ 0.01, as in PyTorch. PyTorch also decays biases.
 *
 * @param adam the rule without decay
 * @param weightDecay λ
 */
public record AdamW(Adam adam, double weightDecay) implements Optimizer {

    public AdamW {
        Rates.requireNotNegative("weight decay", weightDecay);
    }

    /** All defaults. */
    public static AdamW of() {
        return new AdamW(Adam.of(), 0.01);
    }

    /** The defaults with another learning rate. */
    public static AdamW of(double learningRate) {
        return of().withLearningRate(learningRate);
    }

    public AdamW withWeightDecay(double weightDecay) {
        return new AdamW(adam, weightDecay);
    }

    @Override
    public double learningRate() {
        return adam.learningRate();
    }

    @Override
    public AdamW withLearningRate(double learningRate) {
        return new AdamW(adam.withLearningRate(learningRate), weightDecay);
    }

    @Override
    public List<String> slots() {
        return adam.slots();
    }
}
