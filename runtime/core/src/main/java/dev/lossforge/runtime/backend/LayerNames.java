package dev.lossforge.runtime.backend;

import dev.lossforge.runtime.ConfigurationException;
import java.util.HashSet;
import java.util.Set;

/** Gives every layer of one model a unique name. */
final class LayerNames {
    private final Set<String> taken = new HashSet<>();

    /**
     * The kind itself if no layer has that name, otherwise the kind with the lowest free number: {@code dense, dense_1,
     * dense_2}.
     */
    String next(String kind) {
        String name = kind;
        for (int number = 1; !taken.add(name); number++) {
            name = kind + "_" + number;
        }
        return name;
    }

    /** Reserves a name that the user chose. */
    void claim(String name) {
        require(name);
        if (!taken.add(name)) {
            throw new ConfigurationException("Two layers are named '" + name + "'; rename one of them.");
        }
    }

    /** The name of a layer at another place: {@code tower/2} after {@code tower}. */
    String again(String name) {
        int number = 2;
        while (!taken.add(name + "/" + number)) {
            number++;
        }
        return name + "/" + number;
    }

    /** Checks that a user may give this name. */
    static void require(String name) {
        if (name.isBlank() || name.indexOf('.') >= 0 || name.indexOf('/') >= 0) {
            throw new ConfigurationException(
                    "A layer cannot be named '" + name + "'; a name is not blank and has neither '.' nor '/'.");
        }
    }
}
