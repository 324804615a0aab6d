package dev.lossforge.runtime.model;

import dev.lossforge.runtime.ConfigurationException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The loss and the metrics over some samples: of an epoch so far, of a whole epoch, of an evaluation.
 *
 * @param loss what is minimised, penalties included, over all these samples: their mean loss if the model was compiled
 *     for a mean, their total if for a sum
 * @param metrics by name, in the order in which they were given to {@code compile}
 */
public record Scores(double loss, Map<String, Double> metrics) {

    public Scores {
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
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
