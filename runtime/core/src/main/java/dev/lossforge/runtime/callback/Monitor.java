package dev.lossforge.runtime.callback;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.metric.Accuracy;
import dev.lossforge.runtime.metric.EpochResult;
import dev.lossforge.runtime.metric.Scores;

/**
 * A value that decides whether one epoch was better than another.
 *
 * @param metric the name of a metric, or {@value #LOSS}
 * @param onValidation whether it comes from the validation data or from the training samples
 * @param greaterIsBetter whether it grows as the model improves
 */
public record Monitor(String metric, boolean onValidation, boolean greaterIsBetter) {
    /** The name of the loss among the metrics. */
    static final String LOSS = "loss";

    public static Monitor loss() {
        return new Monitor(LOSS, false, false);
    }

    public static Monitor validationLoss() {
        return new Monitor(LOSS, true, false);
    }

    public static Monitor accuracy() {
        return new Monitor(Accuracy.NAME, false, true);
    }

    public static Monitor validationAccuracy() {
        return new Monitor(Accuracy.NAME, true, true);
    }

    /**
     * The value after an epoch.
     *
     * @throws ConfigurationException if there is no validation data, or no such metric
     */
    public double of(EpochResult result) {
        Scores scores = onValidation
                ? result.validation()
                        .orElseThrow(() -> new ConfigurationException("The " + this
                                + " is to be monitored, but there is no validation data; add it with"
                                + " FitOptions.withValidation."))
                        .scores()
                : result.scores();
        return metric.equals(LOSS) ? scores.loss() : scores.metric(metric);
    }

    /** Whether a value is better than the best so far by more than {@code margin}; NaN never is. */
    public boolean isBetter(double value, double best, double margin) {
        return greaterIsBetter ? value > best + margin : value < best - margin;
    }

    /** The value that every number improves on. */
    public double worst() {
        return greaterIsBetter ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }

    /** The name of the value, as in "validation loss". */
    @Override
    public String toString() {
        return onValidation ? "validation " + metric : metric;
    }
}
