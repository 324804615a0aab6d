package dev.lossforge.runtime.data;

import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Computes weights from classes.
 *
 * @param labels the class of each sample, or of each of its values
 * @param counted 0 for the labels that are left out; null if there are none
 */
record Classes(IntTensor labels, @Nullable Tensor counted) {

    /** The weight of each label; 0 for those that are left out. */
    Tensor weights(float[] ofClasses) {
        Tensor weights = Tensor.zeros(labels.shape());
        for (int i = 0; i < labels.size(); i++) {
            weights.array()[i] = counts(i) ? ofClasses[labels.array()[i]] : 0;
        }
        return weights;
    }

    /** Whether a label is not left out. */
    boolean counts(int label) {
        return counted == null || counted.array()[label / (labels.size() / counted.size())] != 0;
    }

    float[] balanced(int classes) {
        int[] counts = new int[classes];
        int all = 0;
        for (int i = 0; i < labels.size(); i++) {
            if (counts(i)) {
                counts[labels.array()[i]]++;
                all++;
            }
        }
        float[] weights = new float[classes];
        for (int i = 0; i < classes; i++) {
            if (counts[i] == 0) {
                throw new DataException("The class " + i + " has no samples, so no weight balances it.");
            }
            weights[i] = (float) ((double) all / ((double) classes * counts[i]));
        }
        return weights;
    }
}
