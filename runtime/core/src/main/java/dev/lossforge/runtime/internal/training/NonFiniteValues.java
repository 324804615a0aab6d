package dev.lossforge.runtime.internal.training;

import dev.lossforge.runtime.data.Batch;
import dev.lossforge.runtime.data.Dataset;
import dev.lossforge.runtime.tensor.Data;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds what is NaN or infinite in the data of a step whose loss or gradient is. */
final class NonFiniteValues {
    private NonFiniteValues() {}

    /**
     * The first such value, as in "'input' of row 6 (index 5) is NaN". A stream has no rows that could be named, so its
     * batch is searched.
     */
    static Optional<String> in(Dataset dataset, Batch batch) {
        return dataset.isInMemory() ? in(dataset.beginning(), true) : in(batch, false);
    }

    private static Optional<String> in(Batch samples, boolean rows) {
        for (Map.Entry<String, Tensor> input : samples.namedInputs().entrySet()) {
            Optional<String> found = in(input.getKey(), input.getValue(), null, rows);
            if (found.isPresent()) {
                return found;
            }
        }
        for (Map.Entry<String, Data> target : samples.namedTargets().entrySet()) {
            if (target.getValue() instanceof Tensor values) {
                Tensor weights = samples.effectiveWeights(target.getKey());
                Optional<String> found = in(target.getKey(), values, weights, rows);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    /** @param weights of the first axes of the values; what has the weight 0 may be anything */
    private static Optional<String> in(String name, Tensor values, @Nullable Tensor weights, boolean rows) {
        int perWeight = weights == null ? 1 : values.size() / weights.size();
        for (int i = 0; i < values.size(); i++) {
            float value = values.array()[i];
            if (!Float.isFinite(value) && (weights == null || weights.array()[i / perWeight] != 0)) {
                int row = i / (values.size() / values.samples());
                String where = rows ? "row " + (row + 1) + " (index " + row + ")" : "a sample of this batch";
                return Optional.of("'" + name + "' of " + where + " is " + value);
            }
        }
        return Optional.empty();
    }
}
