package dev.lossforge.runtime.metric;

import dev.lossforge.runtime.ConfigurationException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The loss, its parts and the metrics over some samples: those of an epoch so far, of a whole epoch, or of an
 * evaluation.
 *
 * @param loss the minimized number over all these samples, penalties included: their mean loss if the model was
 *     compiled for a mean, their total if for a sum
 * @param parts the parts that the loss's formula marks, reduced like the loss, by name and in order; their weighted sum
 *     is the loss without penalties. With several losses, each loss comes first, unweighted, by its name, and then its
 *     parts, as in {@code digit.confidence}
 * @param metrics the metrics by name, in the order in which they were given to {@code compile}
 * @param hyperparameters the losses' trained hyperparameters in the last step or in an evaluation, by loss and name, as
 *     in {@code general.scale} or, for a vector, {@code twoTasks.logVariances[0]}
 */
public record Scores(
        double loss, Map<String, Double> parts, Map<String, Double> metrics, Map<String, Double> hyperparameters) {

    public Scores {
        parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
        hyperparameters = Collections.unmodifiableMap(new LinkedHashMap<>(hyperparameters));
    }

    /** Scores with a loss whose hyperparameters are not trained. */
    public Scores(double loss, Map<String, Double> parts, Map<String, Double> metrics) {
        this(loss, parts, metrics, Map.of());
    }

    /** Scores with a loss that has no parts and trains no hyperparameters. */
    public Scores(double loss, Map<String, Double> metrics) {
        this(loss, Map.of(), metrics);
    }

    /** One of the parts of the loss, or one of several losses. */
    public double part(String name) {
        return named(parts, name, "part", "the loss has ");
    }

    /** One of the metrics with which the model was compiled. */
    public double metric(String name) {
        return named(metrics, name, "metric", "the model was compiled with ");
    }

    /** One of the trained hyperparameters, by loss and name. */
    public double hyperparameter(String name) {
        return named(hyperparameters, name, "trained hyperparameter", "the model's losses have ");
    }

    private static double named(Map<String, Double> values, String name, String what, String whose) {
        Double value = values.get(name);
        if (value == null) {
            throw new ConfigurationException("There is no " + what + " '" + name + "'; " + whose
                    + (values.isEmpty() ? "none" : String.join(", ", values.keySet())) + ".");
        }
        return value;
    }

    /** The metric {@link Metrics#accuracy}. */
    public double accuracy() {
        return metric(Metrics.ACCURACY);
    }
}
