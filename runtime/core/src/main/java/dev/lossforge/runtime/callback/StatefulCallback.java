package dev.lossforge.runtime.callback;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A callback with state. A {@link dev.lossforge.runtime.training.TrainingSnapshot} saves the state, so that a resumed
 * training continues exactly.
 */
public interface StatefulCallback extends Callback {

    /**
     * The key under which its state is saved; unique among the callbacks of a training, and the same when the training
     * is resumed.
     */
    String stateName();

    /** Its current state. */
    State state();

    /** Replaces its state with a saved one. Called after {@link #onTrainBegin}. */
    void restore(State state);

    /**
     * The state of a callback.
     *
     * @param numbers lists of numbers by name, kept to the last bit
     * @param tensors the tensors by name
     */
    public record State(Map<String, List<Double>> numbers, Map<String, Tensor> tensors) {

        public State {
            numbers = Collections.unmodifiableMap(new LinkedHashMap<>(numbers));
            tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
        }

        /** A state of numbers only. */
        public static State of(Map<String, List<Double>> numbers) {
            return new State(numbers, Map.of());
        }

        /** The numbers of this name. */
        public List<Double> list(String name) {
            List<Double> list = numbers.get(name);
            if (list == null) {
                throw new ConfigurationException("A saved training lacks the numbers '" + name
                        + "' of a callback; resume it with its original callbacks.");
            }
            return list;
        }

        /** The only number of this name. */
        public double number(String name) {
            List<Double> list = list(name);
            if (list.size() != 1) {
                throw new ConfigurationException("A saved training has " + list.size() + " numbers '" + name
                        + "' of a callback instead of one; resume it with its original callbacks.");
            }
            return list.getFirst();
        }
    }
}
