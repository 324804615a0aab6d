package dev.lossforge.runtime.data;

import dev.lossforge.runtime.tensor.Data;
import dev.lossforge.runtime.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The samples of one step.
 *
 * @param inputs one row per sample
 * @param targets one row, or one value, per sample
 * @param weights the weight of every sample, shape {@code [samples]}; null if all count alike
 */
public record Batch(Tensor inputs, Data targets, @Nullable Tensor weights) {

    public Batch {
        SampleCounts.requireEqual(inputs, targets, weights);
    }

    /** A batch whose samples count alike. */
    public static Batch of(Tensor inputs, Data targets) {
        return new Batch(inputs, targets, null);
    }

    /** The number of samples. */
    public int size() {
        return inputs.samples();
    }
}
