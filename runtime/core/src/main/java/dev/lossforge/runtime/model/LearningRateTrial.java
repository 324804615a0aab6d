package dev.lossforge.runtime.model;

import java.util.List;

/**
 * What {@link Model#tryLearningRates} found.
 *
 * @param rates in rising order
 * @param losses of the batches, each before the step with its rate; not smoothed
 */
public record LearningRateTrial(List<Double> rates, List<Double> losses) {
    /** The weight of what was before in the running mean of the losses. */
    private static final double MEMORY = 0.9;

    public LearningRateTrial {
        rates = List.copyOf(rates);
        losses = List.copyOf(losses);
    }

    /** The running means of the losses, each but for its beginning. */
    public List<Double> smoothed() {
        double[] mean = {0, 0};
        return losses.stream()
                .map(loss -> {
                    mean[0] = MEMORY * mean[0] + (1 - MEMORY) * loss;
                    mean[1] = MEMORY * mean[1] + (1 - MEMORY);
                    return mean[0] / mean[1];
                })
                .toList();
    }

    /**
     * A rate to begin with: a tenth of the one at which the running mean of the losses is least, as that is where they
     * are about to grow. NaN if no step was possible.
     */
    public double suggestion() {
        List<Double> means = smoothed();
        int best = 0;
        for (int i = 1; i < means.size(); i++) {
            best = means.get(i) < means.get(best) ? i : best;
        }
        return rates.isEmpty() ? Double.NaN : rates.get(best) / 10;
    }
}
