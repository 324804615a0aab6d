package dev.lossforge.runtime.data;

import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.SequencedMap;

/** Finds inputs, targets and outputs by name. */
final class Names {
    static final String INPUT = "input";
    static final String TARGET = "target";

    private Names() {}

    static <T> SequencedMap<String, T> only(String name, T value) {
        SequencedMap<String, T> map = new LinkedHashMap<>();
        map.put(name, value);
        return map;
    }

    static <T> SequencedMap<String, T> with(SequencedMap<String, T> map, String what, String name, T value) {
        SequencedMap<String, T> more = new LinkedHashMap<>(map);
        if (more.put(name, value) != null) {
            throw new DataException("There are two " + what + "s named '" + name + "'; rename one of them.");
        }
        return more;
    }

    static <T> T first(SequencedMap<String, T> targets) {
        if (targets.isEmpty()) {
            throw new DataException(
                    "The data has no targets, but they are needed; add them with andTargets(name, values).");
        }
        return targets.firstEntry().getValue();
    }

    /** The entry of this name, or the only one. */
    static <T> T find(String what, SequencedMap<String, T> map, String name) {
        return Objects.requireNonNull(map.get(key(what, map, name)));
    }

    /** This name, or the only one. */
    static String key(String what, SequencedMap<String, ?> map, String name) {
        if (map.size() == 1) {
            return map.firstEntry().getKey();
        }
        if (!map.containsKey(name)) {
            throw new DataException("There is no " + what + " '" + name + "'; there is "
                    + (map.isEmpty() ? "none" : String.join(", ", map.keySet())) + ".");
        }
        return name;
    }
}
