package dev.lossforge.runtime.model;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a callback remembers.
 *
 * @param numbers lists of numbers by name, kept to the last bit
 * @param tensors by name
 */
public record CallbackState(Map<String, List<Double>> numbers, Map<String, Tensor> tensors) {

    public CallbackState {
        numbers = Collections.unmodifiableMap(new LinkedHashMap<>(numbers));
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    }

    /** A memory of numbers only. */
    public static CallbackState of(Map<String, List<Double>> numbers) {
        return new CallbackState(numbers, Map.of());
    }

    /** The numbers of this name. */
    public List<Double> list(String name) {
        List<Double> list = numbers.get(name);
        if (list == null) {
            throw new ConfigurationException("A saved training lacks the numbers '" + name
                    + "' of a callback; resume it with the callbacks it was begun with.");
        }
        return list;
    }

    /** The only number of this name. */
    public double number(String name) {
        List<Double> list = list(name);
        if (list.size() != 1) {
            throw new ConfigurationException("A saved training has " + list.size() + " numbers '" + name
                    + "' of a callback where there is one; resume it with the callbacks it was begun with.");
        }
        return list.getFirst();
    }
}
