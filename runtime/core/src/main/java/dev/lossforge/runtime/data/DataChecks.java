package dev.lossforge.runtime.data;

import dev.lossforge.runtime.tensor.Shape;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.Arrays;

/** Checks values and reports the first wrong one, by its row counted from 1 and by its index. */
final class DataChecks {
    private DataChecks() {}

    static void requireWeights(Tensor weights) {
        float[] values = weights.array();
        for (int i = 0; i < values.length; i++) {
            if (!(values[i] >= 0) || Float.isInfinite(values[i])) {
                throw new DataException("The weight of " + place(i, weights.shape()) + " is " + values[i]
                        + "; a weight is a finite number of at least 0.");
            }
        }
    }

    static void requireMask(Tensor mask) {
        float[] values = mask.array();
        for (int i = 0; i < values.length; i++) {
            if (Float.isNaN(values[i])) {
                throw new DataException("The mask of " + place(i, mask.shape())
                        + " is NaN; a mask is 0 where something is left out, and 1 elsewhere.");
            }
        }
    }

    static void requireClasses(Labels all, int number) {
        int[] labels = all.classes().array();
        for (int i = 0; i < labels.length; i++) {
            if (all.counts(i) && (labels[i] < 0 || labels[i] >= number)) {
                throw new DataException("The label of " + place(i, all.classes().shape()) + " is " + labels[i]
                        + ", but the " + number + " classes are numbered 0 to " + (number - 1) + ".");
            }
        }
    }

    /** The name of an entry in messages: its row, and its place within the row if the row has several entries. */
    private static String place(int entry, Shape shape) {
        int perRow = shape.size() / shape.extent(0);
        if (perRow == 1) {
            return row(entry);
        }
        int[] index = new int[shape.rank() - 1];
        int rest = entry % perRow;
        for (int axis = index.length - 1; axis >= 0; axis--) {
            index[axis] = rest % shape.extent(axis + 1);
            rest /= shape.extent(axis + 1);
        }
        return row(entry / perRow) + " at " + Arrays.toString(index);
    }

    /** The name of a sample in messages. */
    static String row(long index) {
        return "row " + (index + 1) + " (index " + index + ")";
    }
}
