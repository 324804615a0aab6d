package dev.lossforge.spark.internal.data;

import dev.lossforge.runtime.data.DataException;
import java.io.Serializable;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import scala.collection.Seq;

/**
 * What a row has in the column of a field, on its way to the model.
 *
 * @param field the field
 * @param index of the row in the data
 */
record Cell(Field field, long index) {

    /**
     * The value as a {@code float[]} or an {@code int[]}.
     *
     * @throws DataException if it is missing, or is not what the field takes
     */
    Serializable pack(Row row, int position) {
        if (row.isNullAt(position)) {
            throw new DataException(where() + "has no value; fill it or leave the row out.");
        }
        Object value = row.get(position);
        Serializable packed = field.ints() ? ints(value) : floats(value);
        requireLength(field.ints() ? ((int[]) packed).length : ((float[]) packed).length);
        return packed;
    }

    private String where() {
        return "The column '" + field.column() + "' of " + DataRows.row(index) + " ";
    }

    private void requireLength(int length) {
        long size = 1;
        boolean open = false;
        for (int extent : field.shape()) {
            open |= extent == 0;
            size *= Math.max(extent, 1);
        }
        if (open ? length == 0 || length % size != 0 : length != size) {
            throw new DataException(where() + "has " + length + (length == 1 ? " value" : " values") + ", but '"
                    + field.described() + "' takes " + (open ? "a multiple of " : "") + size + ".");
        }
    }

    private float[] floats(Object value) {
        return switch (value) {
            case Number number -> new float[] {number.floatValue()};
            case Boolean flag -> new float[] {flag ? 1 : 0};
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
            case Boolean flag -> new int[] {flag ? 1 : 0};
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

    private Number number(@Nullable Object value) {
        return switch (value) {
            case null ->
                throw new DataException(
                        where() + "has an array with a place without a value; fill it or leave" + " the row out.");
            case Number number -> number;
            case Boolean flag -> flag ? 1 : 0;
            default -> throw unreadable(value);
        };
    }

    private int whole(Number number) {
        if (number.doubleValue() != number.intValue()) {
            throw new DataException(where() + "has " + number + ", but '" + field.name() + "' takes whole numbers.");
        }
        return number.intValue();
    }

    private DataException unreadable(Object value) {
        return new DataException(where() + "has a " + value.getClass().getSimpleName()
                + "; give numbers, or arrays of numbers (of an ml.linalg.Vector, vector_to_array).");
    }
}
