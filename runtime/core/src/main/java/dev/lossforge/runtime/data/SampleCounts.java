package dev.lossforge.runtime.data;

import dev.lossforge.runtime.tensor.Data;
import dev.lossforge.runtime.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** The condition that inputs, targets and weights stand for the same samples. */
final class SampleCounts {
    private SampleCounts() {}

    static void requireEqual(Tensor inputs, Data targets, @Nullable Tensor weights) {
        int samples = samples("inputs", inputs);
        if (samples("targets", targets) != samples) {
            throw new DataException("There are " + samples + " inputs (shape " + inputs.shape() + ") but "
                    + targets.samples() + " targets (shape " + targets.shape() + "); give one target per input.");
        }
        if (weights != null && (weights.shape().rank() != 1 || weights.samples() != samples)) {
            throw new DataException("Sample weights have the shape " + weights.shape() + ", but " + samples
                    + " inputs need weights of shape [" + samples + "].");
        }
    }

    private static int samples(String name, Data data) {
        if (data.shape().rank() == 0) {
            throw new DataException("The " + name + " are a single value of shape [], but axis 0 must count samples.");
        }
        return data.samples();
    }
}
