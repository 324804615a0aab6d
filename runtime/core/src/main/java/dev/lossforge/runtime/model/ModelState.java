package dev.lossforge.runtime.model;

import dev.lossforge.runtime.backend.CompiledModel;
import dev.lossforge.runtime.metric.Metric;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** The location of a model's parameters: here, or with a compiled model. */
sealed interface ModelState {

    /** Copies of all parameters. */
    SequencedMap<String, Tensor> parameters();

    /** The same state with copies of these parameters; parameters that the model does not have are ignored. */
    ModelState with(Map<String, Tensor> parameters);

    /** The parameters held here; the backend's resources are released. */
    Detached detached();

    private static SequencedMap<String, Tensor> merged(SequencedMap<String, Tensor> own, Map<String, Tensor> others) {
        SequencedMap<String, Tensor> merged = new LinkedHashMap<>();
        own.forEach((name, tensor) ->
                merged.put(name, others.getOrDefault(name, tensor).copy()));
        return merged;
    }

    /** Not compiled. */
    record Detached(SequencedMap<String, Tensor> values) implements ModelState {

        @Override
        public SequencedMap<String, Tensor> parameters() {
            return merged(values, Map.of());
        }

        @Override
        public ModelState with(Map<String, Tensor> parameters) {
            return new Detached(merged(values, parameters));
        }

        @Override
        public Detached detached() {
            return this;
        }
    }

    /** Compiled on a backend of this name. */
    record Compiled(CompiledModel model, String backend, List<Metric> metrics) implements ModelState {

        @Override
        public SequencedMap<String, Tensor> parameters() {
            return model.parameters();
        }

        @Override
        public ModelState with(Map<String, Tensor> parameters) {
            model.loadParameters(merged(model.parameters(), parameters));
            return this;
        }

        @Override
        public Detached detached() {
            Detached copy = new Detached(model.parameters());
            model.close();
            return copy;
        }
    }
}
