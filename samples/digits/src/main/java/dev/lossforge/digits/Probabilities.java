package dev.lossforge.digits;

import dev.lossforge.runtime.tensor.Tensor;

/** Computes the probabilities of classes from a model's logits. */
public final class Probabilities {
    private Probabilities() {}

    /** The softmax of every row, computed in double precision and without overflow; a row with a NaN is all NaN. */
    public static Tensor of(Tensor logits) {
        int classes = logits.shape().lastExtent();
        float[] probabilities = new float[logits.size()];
        for (int from = 0; from < probabilities.length; from += classes) {
            double max = Double.NEGATIVE_INFINITY;
            for (int i = from; i < from + classes; i++) {
                max = Math.max(max, logits.array()[i]);
            }
            double sum = 0;
            for (int i = from; i < from + classes; i++) {
                sum += Math.exp(logits.array()[i] - max);
            }
            for (int i = from; i < from + classes; i++) {
                probabilities[i] = (float) (Math.exp(logits.array()[i] - max) / sum);
            }
        }
        return Tensor.over(probabilities, logits.shape());
    }
}
