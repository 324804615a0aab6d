package dev.lossforge.runtime.model;

import java.util.List;

/**
 * The result of {@link Model#tryLearningRates}.
 *
 * @param rates the rates in ascending order
 * @param losses the losses of the batches, each before the step with its rate; not smoothed
 */
public record LearningRateTrial(List<Double> rates, List<Double> losses) {
    /** The weight of earlier losses in the running mean. */
    private static final double MEMORY = 0.9;

    public LearningRateTrial {
        rates = List.copyOf(rates);
        losses = List.copyOf(losses);
    }

    /** The running means of the losses, corrected for their start. */
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
     * A rate to start with: a tenth of the rate with the smallest running mean of the losses, because the losses are
     * about to grow there. NaN if no step was possible.
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
