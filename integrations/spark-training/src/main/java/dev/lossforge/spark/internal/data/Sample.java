package dev.lossforge.spark.internal.data;

import java.io.Serial;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.Row;

/**
 * The values of a row that the model uses, packed for storage and transfer.
 *
 * @param values one {@code float[]} or {@code int[]} per field
 */
public record Sample(List<Serializable> values) implements Serializable {
    @Serial
    private static final long serialVersionUID = 1;

    /**
     * Packs a row.
     *
     * @param index of the row in the data, for messages
     * @throws dev.lossforge.runtime.data.DataException if a value is missing or does not fit its field
     */
    public static Sample of(Row row, long index, List<Field> fields, int[] positions) {
        Serializable[] values = new Serializable[positions.length];
        for (int i = 0; i < positions.length; i++) {
            values[i] = new Cell(fields.get(i), index).pack(row, positions[i]);
        }
        return new Sample(List.of(values));
    }
}
