package dev.lossforge.runtime.callback;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A callback that acts by what it has seen before. A {@link dev.lossforge.runtime.training.TrainingSnapshot} keeps its
 * memory, so that a resumed training goes on as it would have.
 */
public interface StatefulCallback extends Callback {

    /**
     * What its memory is filed under; unique among the callbacks of a training, and the same whenever it is resumed.
     */
    String stateName();

    /** Its memory at present. */
    State state();

    /** Replaces its memory by an earlier one. Comes after {@link #onTrainBegin}. */
    void restore(State state);

    /**
     * What a callback remembers.
     *
     * @param numbers lists of numbers by name, kept to the last bit
     * @param tensors by name
     */
    public record State(Map<String, List<Double>> numbers, Map<String, Tensor> tensors) {

        public State {
            numbers = Collections.unmodifiableMap(new LinkedHashMap<>(numbers));
            tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
        }

        /** A memory of numbers only. */
        public static State of(Map<String, List<Double>> numbers) {
            return new State(numbers, Map.of());
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
}
