package dev.lossforge.runtime.model;

import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.Backend;
import dev.lossforge.runtime.backend.Backends;
import dev.lossforge.runtime.data.Batch;
import dev.lossforge.runtime.data.Outputs;
import dev.lossforge.runtime.tensor.Shape;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * A model that predicts and never changes. Any number of threads may use it at the same time, without waiting for each
 * other. The calling thread computes each prediction. A predictor needs no loss and no optimizer, and does not have to
 * be closed.
 *
 * <p>Predictions equal those of the original model, bit by bit on the CPU backend.
 */
public final class Predictor {
    /** The backend for predictions, which is available everywhere. */
    private static final String BACKEND = "cpu";

    private final Architecture architecture;
    private final Function<Batch, Outputs> prediction;

    private Predictor(Architecture architecture, Function<Batch, Outputs> prediction) {
        this.architecture = architecture;
        this.prediction = prediction;
    }

    static Predictor of(Architecture architecture, Map<String, Tensor> parameters) {
        Backend backend = Backends.select(BACKEND);
        return new Predictor(architecture, backend.predictor(architecture, parameters));
    }

    /** The shape of one sample of each input, by name. */
    public Map<String, Shape> inputs() {
        return architecture.inputs();
    }

    /** The shape of one sample of each output, by name. */
    public Map<String, Shape> outputs() {
        return architecture.outputs();
    }

    /**
     * The output for inputs of any number of samples, one row per sample; see {@link Model#predict(Tensor)}.
     *
     * @param inputs {@code [samples]} followed by the shape of the input
     */
    public Tensor predict(Tensor inputs) {
        architecture.requireInputs(inputs.shape());
        return Slices.predict(architecture, Batch.ofInputs(inputs).namedInputs(), prediction)
                .only();
    }

    /** All outputs for inputs by name; see {@link Model#predict(Map)}. */
    public Outputs predict(Map<String, Tensor> inputs) {
        return Slices.predict(architecture, new LinkedHashMap<>(inputs), prediction);
    }
}
