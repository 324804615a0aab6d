package dev.lossforge.runtime.data;

import dev.lossforge.runtime.tensor.Tensor;

/** Computes weights of samples from their classes. */
final class Classes {
    private Classes() {}

    /** The weights of samples with these labels, multiplied by their existing weights. */
    static Tensor weights(Batch samples, int[] labels, float[] ofClasses) {
        if (labels.length != samples.size()) {
            throw new DataException("Class weights need one label per sample, but " + samples.size() + " samples have "
                    + labels.length + " labels.");
        }
        Tensor before = samples.weights();
        Tensor weights = Tensor.zeros(labels.length);
        for (int i = 0; i < labels.length; i++) {
            weights.array()[i] = ofClasses[labels[i]] * (before == null ? 1 : before.array()[i]);
        }
        return weights;
    }

    static float[] balanced(int[] labels, int classes) {
        int[] counts = new int[classes];
        for (int label : labels) {
            counts[label]++;
        }
        float[] weights = new float[classes];
        for (int i = 0; i < classes; i++) {
            if (counts[i] == 0) {
                throw new DataException("The class " + i + " has no samples, so no weight balances it.");
            }
            weights[i] = (float) ((double) labels.length / ((double) classes * counts[i]));
        }
        return weights;
    }
}
