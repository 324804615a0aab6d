package dev.lossforge.runtime.internal.training;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.callback.Callback;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The states of the stateful callbacks. */
final class CallbackStates {
    private CallbackStates() {}

    static Map<String, Callback.Stateful.State> of(List<Callback> callbacks) {
        Map<String, Callback.Stateful.State> states = new LinkedHashMap<>();
        for (Callback.Stateful callback : stateful(callbacks)) {
            if (states.put(callback.stateName(), callback.state()) != null) {
                throw new ConfigurationException("Two callbacks keep their memory under the name '"
                        + callback.stateName() + "'; give one of them only, or another name.");
            }
        }
        return states;
    }

    /**
     * Restores the state of each callback. A snapshot is refused if it was made without one of the callbacks, or with
     * another one.
     */
    static void restore(List<Callback> callbacks, Map<String, Callback.Stateful.State> states) {
        List<Callback.Stateful> stateful = stateful(callbacks);
        List<String> names =
                stateful.stream().map(Callback.Stateful::stateName).sorted().toList();
        List<String> saved = states.keySet().stream().sorted().toList();
        if (!names.equals(saved)) {
            throw new ConfigurationException("The training was saved with the callbacks " + saved
                    + " but would be resumed with " + names + "; resume it with the original ones.");
        }
        for (Callback.Stateful callback : stateful) {
            Callback.Stateful.State state = states.get(callback.stateName());
            if (state != null) {
                callback.restore(state);
            }
        }
    }

    private static List<Callback.Stateful> stateful(List<Callback> callbacks) {
        return callbacks.stream()
                .filter(Callback.Stateful.class::isInstance)
                .map(Callback.Stateful.class::cast)
                .toList();
    }
}
