package dev.lossforge.runtime.backend;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The state of an optimizer between steps.
 *
 * @param step the number of updates so far
 * @param slots the values kept for every parameter, by {@link Parameter#slotName}
 */
public record OptimizerState(long step, Map<String, Tensor> slots) {

    public OptimizerState {
        slots = Collections.unmodifiableMap(new LinkedHashMap<>(slots));
        if (step < 0) {
            throw new ConfigurationException("The number of updates is at least 0, but " + step + " is given.");
        }
    }
}
