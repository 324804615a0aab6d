package dev.lossforge.spark.internal.data;

import dev.lossforge.runtime.data.DataException;
import java.io.Serial;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import scala.collection.Seq;

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

    /** The value of a row as a {@code float[]} or an {@code int[]}. */
    Serializable pack(Row row, int position) {
        if (row.isNullAt(position)) {
            throw new DataException(
                    "The column '" + column + "' has no value in some row; fill it or leave the row out.");
        }
        Object value = row.get(position);
        Serializable packed = ints ? ints(value) : floats(value);
        requireLength(ints ? ((int[]) packed).length : ((float[]) packed).length);
        return packed;
    }

    private void requireLength(int length) {
        long size = 1;
        boolean open = false;
        for (int extent : shape) {
            open |= extent == 0;
            size *= Math.max(extent, 1);
        }
        if (open ? length == 0 || length % size != 0 : length != size) {
            throw new DataException("The column '" + column + "' has " + length + (length == 1 ? " value" : " values")
                    + " in some row, but '" + described() + "' takes " + (open ? "a multiple of " : "") + size + ".");
        }
    }

    private float[] floats(Object value) {
        return switch (value) {
            case Number number -> new float[] {number.floatValue()};
            case float[] floats -> floats.clone();
            case double[] doubles -> {
                float[] floats = new float[doubles.length];
                for (int i = 0; i < floats.length; i++) {
                    floats[i] = (float) doubles[i];
                }
                yield floats;
            }
            case Seq<?> values -> {
                float[] floats = new float[values.size()];
                for (int i = 0; i < floats.length; i++) {
                    floats[i] = number(values.apply(i)).floatValue();
                }
                yield floats;
            }
            default -> throw unreadable(value);
        };
    }

    private int[] ints(Object value) {
        return switch (value) {
            case Number number -> new int[] {whole(number)};
            case int[] ints -> ints.clone();
            case Seq<?> values -> {
                int[] ints = new int[values.size()];
                for (int i = 0; i < ints.length; i++) {
                    ints[i] = whole(number(values.apply(i)));
                }
                yield ints;
            }
            default -> throw unreadable(value);
        };
    }

    private Number number(Object value) {
        if (value instanceof Number number) {
            return number;
        }
        throw unreadable(value);
    }

    private int whole(Number number) {
        if (number.doubleValue() != number.intValue()) {
            throw new DataException("The column '" + column + "' has " + number + " in some row, but '" + name
                    + "' takes whole numbers.");
        }
        return number.intValue();
    }

    private DataException unreadable(Object value) {
        return new DataException(
                "The column '" + column + "' has a " + value.getClass().getSimpleName()
                        + " in some row; give numbers, or arrays of numbers (of an ml.linalg.Vector, vector_to_array).");
    }
}
