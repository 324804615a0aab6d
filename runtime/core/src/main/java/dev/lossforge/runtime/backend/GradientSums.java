package dev.lossforge.runtime.backend;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.loss.Reduction;
import java.util.ArrayList;
import java.util.List;

/**
 * The sums that accompany the gradients of one share of a batch. Together with the gradients, they are all that a step
 * over several machines needs. Added up over all shares, they are the sums of the whole batch. Shares of unequal size
 * or weight therefore count as they would in one batch.
 *
 * @param losses the sum over the samples of each loss of the spec, in order and unweighted; if the reduction is a mean,
 *     each sample contributes the mean over its elements or rows
 * @param samples the number of samples, without what masks leave out; a sample partly left out is a fraction of one
 * @param weights the sum of the weights, per sample; the number of samples if they have no weights
 * @param finite whether every loss and every gradient is finite
 */
public record GradientSums(List<Double> losses, double samples, double weights, boolean finite) {

    public GradientSums {
        losses = List.copyOf(losses);
    }

    /** The divisor of losses and gradients, for the sums of the whole batch; 0 if nothing of it counts. */
    public double divisor(Reduction reduction) {
        return switch (reduction) {
            case NONE, SUM -> 1;
            case MEAN -> samples;
            case WEIGHTED_MEAN -> weights;
        };
    }

    /**
     * The sums of this share and another share of the same batch.
     *
     * @throws ConfigurationException if the other share has a different number of losses
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
