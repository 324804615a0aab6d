package dev.lossforge.runtime.backend;

import dev.lossforge.runtime.loss.Reduction;

/**
 * What a loss counts in a batch, or in a share of one: the divisor of its mean, whatever the reduction.
 *
 * @param samples the number of samples, without what masks leave out; a sample partly left out is a fraction of one
 * @param weights the sum of the weights, per sample; the number of samples if they have no weights
 */
public record LossCount(double samples, double weights) {

    /** The divisor of a sum over the samples; 0 if nothing counts. */
    public double divisor(Reduction reduction) {
        return switch (reduction) {
            case NONE, SUM -> 1;
            case MEAN -> samples;
            case WEIGHTED_MEAN -> weights;
        };
    }

    /** What the loss counts in both of two shares. */
    public LossCount plus(LossCount other) {
        return new LossCount(samples + other.samples, weights + other.weights);
    }
}
