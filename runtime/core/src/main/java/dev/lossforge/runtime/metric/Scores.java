package dev.lossforge.runtime.metric;

import dev.lossforge.runtime.ConfigurationException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The loss, its parts and the metrics over some samples: of an epoch so far, of a whole epoch, of an evaluation.
 *
 * @param loss what is minimised, penalties included, over all these samples: their mean loss if the model was compiled
 *     for a mean, their total if for a sum
 * @param parts what the loss's formula marks as its parts, reduced as the loss is, by name and in order; their weighted
 *     sum is the loss without penalties
 * @param metrics by name, in the order in which they were given to {@code compile}
 */
public record Scores(double loss, Map<String, Double> parts, Map<String, Double> metrics) {

    public Scores {
        parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    }

    /** Scores with a loss that has no parts. */
    public Scores(double loss, Map<String, Double> metrics) {
        this(loss, Map.of(), metrics);
    }

    /** One of the parts of the loss. */
    public double part(String name) {
        Double value = parts.get(name);
        if (value == null) {
            throw new ConfigurationException("There is no part '" + name + "'; the loss has "
                    + (parts.isEmpty() ? "none" : String.join(", ", parts.keySet())) + ".");
        }
        return value;
    }

    /** One of the metrics the model was compiled with. */
    public double metric(String name) {
        Double value = metrics.get(name);
        if (value == null) {
            throw new ConfigurationException("There is no metric '" + name + "'; the model was compiled with "
                    + (metrics.isEmpty() ? "none" : String.join(", ", metrics.keySet())) + ".");
        }
        return value;
    }

    /** The metric {@link Accuracy}. */
    public double accuracy() {
        return metric(Accuracy.NAME);
    }
}
