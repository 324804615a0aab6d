package dev.lossforge.spark.internal.data;

import dev.lossforge.runtime.data.Batch.Weighting;
import dev.lossforge.runtime.data.DataException;
import dev.lossforge.runtime.data.Dataset;
import dev.lossforge.runtime.tensor.Data;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Shape;
import dev.lossforge.runtime.tensor.Tensor;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/** One worker's samples, in the order of the data, regardless of the order in which they arrive. */
public final class Share {
    private Share() {}

    /**
     * The samples as a dataset in memory.
     *
     * @throws DataException in which rows are those of the share, as in all messages of the runtime; see
     *     {@link DataRows#ofAll}
     */
    public static Dataset of(Iterator<Tuple2<Long, Sample>> rows, List<Field> fields) {
        List<Tuple2<Long, Sample>> sorted = new ArrayList<>();
        rows.forEachRemaining(sorted::add);
        sorted.sort((one, other) -> Long.compare(one._1(), other._1()));
        List<Sample> samples = sorted.stream().map(Tuple2::_2).toList();
        requireLengths(samples, fields);
        @Nullable Dataset dataset = null;
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            Data data = field.ints() ? ints(samples, i, field) : floats(samples, i, field);
            if (dataset == null) {
                dataset = Dataset.ofInputs(field.name(), (Tensor) data);
            } else {
                dataset = switch (field.kind()) {
                    case INPUT -> dataset.andInputs(field.name(), (Tensor) data);
                    case TARGET -> dataset.andTargets(field.name(), data);
                    case WEIGHT -> dataset.withWeights(field.name(), perValue(dataset, field, (Tensor) data));
                    case MASK -> dataset.withMask(field.name(), perValue(dataset, field, (Tensor) data));
                };
            }
        }
        if (dataset == null) {
            throw new IllegalArgumentException("a model without inputs");
        }
        for (Field field : fields) {
            dataset = field.ignored() == null ? dataset : dataset.ignoring(field.name(), field.ignored());
        }
        return dataset;
    }

    /** One value per sample, or the first axes of the target's shape. */
    private static Tensor perValue(Dataset dataset, Field field, Tensor rows) {
        int samples = rows.samples();
        int length = rows.size() / samples;
        if (length == 1 || dataset.namedTargets().isEmpty()) {
            return length == 1 ? rows.reshape(samples) : rows;
        }
        Data target = field.name().equals(Weighting.ALL)
                ? dataset.targets()
                : dataset.beginning().target(field.name());
        int[] extents = target.shape().toArray();
        for (int axes = 2; axes <= extents.length; axes++) {
            int[] first = Arrays.copyOf(extents, axes);
            if (Shape.of(first).size() == rows.size()) {
                return rows.reshape(first);
            }
        }
        throw new DataException("The column '" + field.column() + "' has " + length
                + " values in a row, but the target has the shape "
                + target.shape().sample()
                + "; give one value per row, or one for each of the target's.");
    }

    private static Tensor floats(List<Sample> samples, int field, Field form) {
        int length = ((float[]) samples.getFirst().values().get(field)).length;
        float[] all = new float[Math.multiplyExact(length, samples.size())];
        for (int i = 0; i < samples.size(); i++) {
            float[] one = (float[]) samples.get(i).values().get(field);
            System.arraycopy(one, 0, all, i * length, length);
        }
        return Tensor.over(all, shape(samples.size(), length, form));
    }

    private static IntTensor ints(List<Sample> samples, int field, Field form) {
        int length = ((int[]) samples.getFirst().values().get(field)).length;
        int[] all = new int[Math.multiplyExact(length, samples.size())];
        for (int i = 0; i < samples.size(); i++) {
            int[] one = (int[]) samples.get(i).values().get(field);
            System.arraycopy(one, 0, all, i * length, length);
        }
        return IntTensor.over(all, shape(samples.size(), length, form));
    }

    private static void requireLengths(List<Sample> samples, List<Field> fields) {
        for (int field = 0; field < fields.size(); field++) {
            int first = Array.getLength(samples.getFirst().values().get(field));
            for (int i = 1; i < samples.size(); i++) {
                int length = Array.getLength(samples.get(i).values().get(field));
                if (length != first) {
                    throw new DataException("The column '" + fields.get(field).column() + "' has " + first
                            + " values in " + DataRows.row(0) + " and " + length + " in " + DataRows.row(i)
                            + "; give all rows the same number.");
                }
            }
        }
    }

    private static int[] shape(int samples, int length, Field field) {
        int[] shape = new int[field.shape().size() + 1];
        shape[0] = samples;
        int rest = length;
        for (int i = 1; i < shape.length; i++) {
            int extent = field.shape().get(i - 1);
            shape[i] = extent == 0 ? rest : extent;
            rest /= Math.max(extent, 1);
        }
        return shape;
    }
}
