package dev.lossforge.runtime.data;

import dev.lossforge.runtime.tensor.Tensor;

/** Checks values and reports the first wrong one, by its row counted from 1 and by its index. */
final class DataChecks {
    private DataChecks() {}

    static void requireWeights(Tensor weights) {
        float[] values = weights.array();
        for (int i = 0; i < values.length; i++) {
            if (!(values[i] >= 0) || Float.isInfinite(values[i])) {
                throw new DataException("The weight of " + row(i) + " is " + values[i]
                        + "; a weight is a finite number of at least 0.");
            }
        }
    }

    static void requireClasses(int[] labels, int classes) {
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] >= classes) {
                throw new DataException("The label of " + row(i) + " is " + labels[i] + ", but the " + classes
                        + " classes are numbered 0 to " + (classes - 1) + ".");
            }
        }
    }

    /** The name of a sample in messages. */
    static String row(long index) {
        return "row " + (index + 1) + " (index " + index + ")";
    }
}
