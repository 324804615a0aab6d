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
 * @param counts what each loss counts in the share, in the same order
 * @param divided whether losses and gradients are already divided by what the whole batch counts, because
 *     {@link SharePlace} said how much that is
 * @param finite whether every loss and every gradient is finite
 */
public record GradientSums(List<Double> losses, List<LossCount> counts, boolean divided, boolean finite) {

    public GradientSums {
        losses = List.copyOf(losses);
        counts = List.copyOf(counts);
    }

    /** The divisor that a loss and its gradients still need, for the sums of the whole batch; 0 if nothing counts. */
    public double divisor(int loss, Reduction reduction) {
        return divided ? 1 : counts.get(loss).divisor(reduction);
    }

    /**
     * The sums of this share and another share of the same batch.
     *
     * @throws ConfigurationException if the other share has a different number of losses, or only one of them is
     *     divided
     */
    public GradientSums plus(GradientSums other) {
        if (losses.size() != other.losses.size()) {
            throw new ConfigurationException("A share of " + losses.size() + " losses cannot be added to one of "
                    + other.losses.size() + "; compile all shares alike.");
        }
        if (divided != other.divided) {
            throw new ConfigurationException("A share that knew what the whole batch counts cannot be added to one that"
                    + " did not; tell all shares of a batch, or none.");
        }
        List<Double> sums = new ArrayList<>();
        List<LossCount> both = new ArrayList<>();
        for (int i = 0; i < losses.size(); i++) {
            sums.add(losses.get(i) + other.losses.get(i));
            both.add(counts.get(i).plus(other.counts.get(i)));
        }
        return new GradientSums(sums, both, divided, finite && other.finite);
    }
}
