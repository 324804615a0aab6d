package dev.lossforge.runtime.data;

import dev.lossforge.runtime.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * A model's outputs for a batch: one tensor per output of the model, by name and in order, with one row per sample.
 *
 * @param named the outputs; at least one
 */
public record Outputs(SequencedMap<String, Tensor> named) {
    /** The name of a single output that was given none. */
    public static final String DEFAULT = "output";

    public Outputs {
        named = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(named));
    }

    /** The output of a model that has one. */
    public static Outputs of(Tensor only) {
        return new Outputs(Names.only(DEFAULT, only));
    }

    /**
     * The output of a model that has one.
     *
     * @throws DataException if there are several
     */
    public Tensor only() {
        if (named.size() != 1) {
            throw new DataException("The model has the outputs " + String.join(", ", named.keySet())
                    + ", but one was requested without a name; request it by name.");
        }
        return named.firstEntry().getValue();
    }

    /**
     * The output of this name.
     *
     * @throws DataException if there is none
     */
    public Tensor get(String name) {
        Tensor tensor = named.get(name);
        if (tensor == null) {
            throw new DataException(
                    "The model has no output '" + name + "'; it has " + String.join(", ", named.keySet()) + ".");
        }
        return tensor;
    }
}
