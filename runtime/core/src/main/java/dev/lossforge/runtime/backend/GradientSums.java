package dev.lossforge.runtime.backend;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.loss.Reduction;
import java.util.ArrayList;
import java.util.List;

/**
 * What belongs to the gradients of one share of a batch, or, added up, to those of the whole batch: all that a step
 * over several machines needs beside them. Everything is a sum, so that shares of unequal size, or of unequal weight,
 * count as they do in one batch.
 *
 * @param losses each loss of the spec in order, without its factor: the sum over the samples, where a mean is asked for
 *     of the mean over what a sample has of elements or rows
 * @param samples how many there are
 * @param weights the sum of the samples' weights; their number where they have none
 * @param finite whether no loss and no gradient is NaN or infinite
 */
public record GradientSums(List<Double> losses, long samples, double weights, boolean finite) {

    public GradientSums {
        losses = List.copyOf(losses);
    }

    /** What losses and gradients are divided by, after the shares are added up. */
    public double divisor(Reduction reduction) {
        return switch (reduction) {
            case NONE, SUM -> 1;
            case MEAN -> samples;
            case WEIGHTED_MEAN -> weights;
        };
    }

    /**
     * Those of this share and of another one of the same batch.
     *
     * @throws ConfigurationException if the other one has another number of losses
     */
    public GradientSums plus(GradientSums other) {
        if (losses.size() != other.losses.size()) {
            throw new ConfigurationException("A share of " + losses.size() + " losses cannot be added to one of "
                    + other.losses.size() + "; compile all shares alike.");
        }
        List<Double> sums = new ArrayList<>();
        for (int i = 0; i < losses.size(); i++) {
            sums.add(losses.get(i) + other.losses.get(i));
        }
        return new GradientSums(sums, samples + other.samples, weights + other.weights, finite && other.finite);
    }
}
