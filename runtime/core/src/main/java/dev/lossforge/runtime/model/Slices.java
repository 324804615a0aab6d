package dev.lossforge.runtime.model;

import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.data.Batch;
import dev.lossforge.runtime.data.Outputs;
import dev.lossforge.runtime.internal.training.Evaluator;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Function;

/** Predicts many samples in slices that need little memory. */
final class Slices {
    private Slices() {}

    /** @param prediction returns outputs that belong to the caller */
    static Outputs predict(Architecture architecture, Map<String, Tensor> inputs, Function<Batch, Outputs> prediction) {
        architecture.requireInputs(inputs);
        Batch all = new Batch(new LinkedHashMap<>(inputs), new LinkedHashMap<>());
        if (all.size() <= Evaluator.BATCH_SIZE) {
            return prediction.apply(all);
        }
        SequencedMap<String, Tensor> outputs = new LinkedHashMap<>();
        architecture.outputs().forEach((name, shape) -> outputs.put(name, Tensor.zeros(shape.batchOf(all.size()))));
        for (int from = 0; from < all.size(); from += Evaluator.BATCH_SIZE) {
            int to = Math.min(from + Evaluator.BATCH_SIZE, all.size());
            copyRows(prediction.apply(all.rows(from, to)), outputs, from);
        }
        return new Outputs(outputs);
    }

    private static void copyRows(Outputs some, Map<String, Tensor> all, int from) {
        all.forEach((name, tensor) -> {
            float[] part = (all.size() == 1 ? some.only() : some.get(name)).array();
            System.arraycopy(part, 0, tensor.array(), from * (tensor.size() / tensor.samples()), part.length);
        });
    }
}
