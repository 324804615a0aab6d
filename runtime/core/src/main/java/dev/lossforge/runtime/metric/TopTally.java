package dev.lossforge.runtime.metric;

import dev.lossforge.runtime.tensor.Data;
import dev.lossforge.runtime.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** The share of samples whose class is among those of the k largest outputs. */
final class TopTally extends SumTally {
    private final String name;
    private final int k;

    TopTally(String name, int k) {
        super(2);
        this.name = name;
        this.k = k;
    }

    @Override
    public void add(Tensor outputs, Data targets, @Nullable Tensor weights) {
        int[] labels = ClassTargets.of(name, outputs, targets);
        EntryWeights ofLabels = ClassTargets.weights(name, outputs, weights);
        int classes = outputs.shape().lastExtent();
        for (int i = 0; i < labels.length; i++) {
            double weight = ofLabels.of(i);
            sums[0] += weight != 0 && isAmong(outputs.array(), i * classes, classes, labels[i]) ? weight : 0;
            sums[1] += weight;
        }
    }

    private boolean isAmong(float[] outputs, int from, int classes, int label) {
        if (label < 0 || label >= classes) {
            return false;
        }
        float own = outputs[from + label];
        int before = 0;
        for (int i = 0; i < classes; i++) {
            float other = outputs[from + i];
            if (Float.isNaN(other)) {
                return false;
            }
            before += other > own || other == own && i < label ? 1 : 0;
        }
        return before < k;
    }

    @Override
    public double value() {
        return sums[0] / sums[1];
    }
}
