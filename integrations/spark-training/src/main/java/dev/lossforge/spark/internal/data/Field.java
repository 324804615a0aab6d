package dev.lossforge.spark.internal.data;

import java.io.Serial;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A column of the data and its role in the model.
 *
 * @param kind an input, a target, weights or a mask
 * @param name the name of the input or the target, also of weights and masks
 * @param column the name of the column
 * @param ints whether its values are whole numbers
 * @param shape the shape of one sample's values; the last extent is 0 if the data determines it
 * @param ignored the label of a target that is left out; null if none is
 */
public record Field(
        Kind kind,
        String name,
        String column,
        boolean ints,
        List<Integer> shape,
        @Nullable Integer ignored) implements Serializable {
    @Serial
    private static final long serialVersionUID = 1;

    /** The role of a column in the model. */
    public enum Kind {
        INPUT,
        TARGET,
        WEIGHT,
        MASK
    }

    public Field {
        shape = List.copyOf(shape);
    }

    /** A field that is not a target whose label is ignored. */
    Field(Kind kind, String name, String column, boolean ints, List<Integer> shape) {
        this(kind, name, column, ints, shape, null);
    }

    /** What messages call it. */
    String described() {
        return name.isEmpty() ? kind == Kind.WEIGHT ? "weights" : "mask" : name;
    }
}
