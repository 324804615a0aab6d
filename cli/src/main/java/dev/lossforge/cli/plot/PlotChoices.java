package dev.lossforge.cli.plot;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a user chooses for the curves of a loss.
 *
 * @param parameters values of scalar hyperparameters, by name; each value of the first one with several gets a curve
 * @param range the ends of the horizontal axis, if they are not to follow from the loss
 */
public record PlotChoices(Map<String, List<Double>> parameters, Optional<Range> range) {

    /** Two numbers in ascending order. */
    public record Range(double from, double to) {}

    public PlotChoices {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /** The hyperparameter whose values get a curve each: the first with several, or the first of all. */
    Optional<String> family() {
        return parameters.keySet().stream()
                .filter(name -> values(name).size() > 1)
                .findFirst()
                .or(() -> parameters.keySet().stream().findFirst());
    }

    /** The chosen values of a hyperparameter; none if the user does not care. */
    List<Double> values(String parameter) {
        return parameters.getOrDefault(parameter, List.of());
    }
}
