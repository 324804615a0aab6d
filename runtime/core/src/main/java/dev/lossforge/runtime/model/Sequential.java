package dev.lossforge.runtime.model;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.Backend;
import dev.lossforge.runtime.backend.BackendException;
import dev.lossforge.runtime.backend.CompileSpec;
import dev.lossforge.runtime.backend.CompiledModel;
import dev.lossforge.runtime.data.Dataset;
import dev.lossforge.runtime.internal.training.Evaluator;
import dev.lossforge.runtime.internal.training.Training;
import dev.lossforge.runtime.layer.Layer;
import dev.lossforge.runtime.loss.LossFunction;
import dev.lossforge.runtime.metric.Evaluation;
import dev.lossforge.runtime.metric.History;
import dev.lossforge.runtime.metric.Metric;
import dev.lossforge.runtime.optimizer.Optimizer;
import dev.lossforge.runtime.tensor.Tensor;
import dev.lossforge.runtime.training.FitOptions;
import dev.lossforge.runtime.training.NonFiniteLossException;
import dev.lossforge.runtime.training.TrainingSnapshot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * A model whose layers follow one another. Build, compile and fit it; then evaluate it or let it predict. Fitting again
 * continues from the current parameters. Compiling again keeps the parameters and resets the optimizer.
 *
 * <p>A model is not thread-safe. {@link #close} releases what the backend holds.
 */
public final class Sequential implements AutoCloseable {
    private final Architecture architecture;
    private final long seed;
    private State state;
    private int epochsTrained;

    /** Where the parameters are: here, or with a compiled model. */
    private sealed interface State {
        record Detached(SequencedMap<String, Tensor> parameters) implements State {}

        record Compiled(CompiledModel model, String backend, List<Metric> metrics) implements State {}
    }

    private Sequential(Architecture architecture, long seed) {
        this.architecture = architecture;
        this.seed = seed;
        this.state = new State.Detached(architecture.initialParameters(seed));
    }

    public static InputStep builder() {
        return extents -> new Builder(Architecture.input(extents));
    }

    /** The first step of building a model. */
    @FunctionalInterface
    public interface InputStep {

        /** The shape of one sample: {@code input(28, 28, 1)} for images of 28 by 28 pixels with one channel. */
        Builder input(int... extents);
    }

    /** Collects the layers of a model; a layer that does not fit after the one before it is refused at once. */
    public static final class Builder {
        private final Architecture.Builder layers;
        private long seed;

        private Builder(Architecture.Builder layers) {
            this.layers = layers;
        }

        /** Adds a layer named after its kind: {@code dense}, the next one {@code dense_1}. */
        public Builder add(Layer layer) {
            layers.add(layer);
            return this;
        }

        /** Adds a layer under a name that no other layer of the model has. */
        public Builder add(String name, Layer layer) {
            layers.add(name, layer);
            return this;
        }

        /** Determines the initial parameters, what dropout drops, and the order of the samples; 0 if not given. */
        public Builder seed(long seed) {
            this.seed = seed;
            return this;
        }

        public Sequential build() {
            return new Sequential(layers.build(), seed);
        }
    }

    public Architecture architecture() {
        return architecture;
    }

    /** Compiles for the mean loss over the samples, on the best installed backend. */
    public void compile(Optimizer optimizer, LossFunction loss, Metric... metrics) {
        compile(CompileOptions.of(optimizer, loss).withMetrics(metrics));
    }

    /**
     * Compiles the training step. The parameters stay as they are.
     *
     * @throws BackendException if the backend is unknown, cannot run here, or cannot carry out this model
     * @throws ConfigurationException if a layer that is to be frozen is not there
     */
    public void compile(CompileOptions options) {
        Backend backend = options.backend();
        CompileSpec spec = options.spec(seed);
        requireFreezing(backend, spec);
        SequencedMap<String, Tensor> parameters = parameters();
        CompiledModel model = backend.compile(architecture, spec);
        model.loadParameters(parameters);
        close();
        state = new State.Compiled(model, backend.name(), options.metrics());
    }

    private void requireFreezing(Backend backend, CompileSpec spec) {
        architecture.parametersOf(spec.frozenLayers());
        if (!spec.frozenLayers().isEmpty() && !backend.canFreezeLayers()) {
            throw new BackendException(
                    "The backend '" + backend.name() + "' cannot freeze layers; choose the backend 'cpu'.");
        }
    }

    /**
     * Trains.
     *
     * @return the loss and metrics of every epoch
     * @throws NonFiniteLossException if the loss or a gradient becomes NaN or infinite; the model then has the
     *     parameters from before that step
     */
    public History fit(Dataset dataset, FitOptions options) {
        History history = training(dataset, options).run();
        epochsTrained += history.epochs().size();
        return history;
    }

    /**
     * Continues a training of this model, or of another one with the same layers, from a snapshot. The result is the
     * same to the last bit as without the interruption. The data and all options must be the original ones; only the
     * number of epochs may be larger.
     *
     * @return all epochs, those before the interruption included
     * @throws ConfigurationException if the snapshot is of another training
     */
    public History resume(Dataset dataset, FitOptions options, TrainingSnapshot snapshot) {
        History history = training(dataset, options).resume(snapshot);
        epochsTrained = snapshot.position().earlierEpochs() + history.epochs().size();
        return history;
    }

    private Training training(Dataset dataset, FitOptions options) {
        State.Compiled compiled = compiled();
        architecture.requireInputs(dataset.inputs().shape());
        options.validation()
                .ifPresent(data -> architecture.requireInputs(data.inputs().shape()));
        return new Training(compiled.model(), compiled.backend(), compiled.metrics(), options, dataset, epochsTrained);
    }

    /** The loss and the metrics over a dataset, with dropout off. */
    public Evaluation evaluate(Dataset dataset) {
        return evaluate(dataset, Evaluator.BATCH_SIZE);
    }

    /** Like {@link #evaluate(Dataset)}, in batches of {@code batchSize} samples. */
    public Evaluation evaluate(Dataset dataset, int batchSize) {
        State.Compiled compiled = compiled();
        architecture.requireInputs(dataset.inputs().shape());
        return new Evaluator(compiled.model(), compiled.metrics()).evaluate(dataset, batchSize);
    }

    /** The outputs for inputs of any number of samples, with dropout off; one row per sample. */
    public Tensor predict(Tensor inputs) {
        CompiledModel model = compiled().model();
        architecture.requireInputs(inputs.shape());
        Tensor outputs = Tensor.zeros(architecture.outputShape().batchOf(inputs.samples()));
        int rowSize = architecture.outputShape().size();
        for (int from = 0; from < inputs.samples(); from += Evaluator.BATCH_SIZE) {
            int to = Math.min(from + Evaluator.BATCH_SIZE, inputs.samples());
            float[] part = model.predict(inputs.rows(from, to)).array();
            System.arraycopy(part, 0, outputs.array(), from * rowSize, part.length);
        }
        return outputs;
    }

    /** A copy of all parameters by name, as in {@code conv2d.weights}, in the order of the layers. */
    public SequencedMap<String, Tensor> parameters() {
        return switch (state) {
            case State.Detached detached -> copy(detached.parameters());
            case State.Compiled compiled -> compiled.model().parameters();
        };
    }

    /** Replaces all parameters by copies of these, which have the names and shapes of {@link #parameters}. */
    public void loadParameters(Map<String, Tensor> parameters) {
        architecture.requireParameters(parameters);
        switch (state) {
            case State.Detached detached ->
                detached.parameters()
                        .replaceAll((name, old) ->
                                parameters.getOrDefault(name, old).copy());
            case State.Compiled compiled -> compiled.model().loadParameters(parameters);
        }
    }

    /**
     * The compiled model itself, for custom training loops.
     *
     * @throws ConfigurationException if the model is not compiled
     */
    public CompiledModel compiledModel() {
        return compiled().model();
    }

    /** A table of the layers with their output shapes and numbers of parameters. */
    public String summary() {
        return Summary.of(architecture);
    }

    /** Copies the parameters back and releases what the backend holds. The model can be compiled again. */
    @Override
    public void close() {
        if (state instanceof State.Compiled compiled) {
            state = new State.Detached(compiled.model().parameters());
            compiled.model().close();
        }
    }

    private State.Compiled compiled() {
        if (state instanceof State.Compiled compiled) {
            return compiled;
        }
        throw new ConfigurationException("The model is not compiled; call compile(optimizer, loss) first.");
    }

    private static SequencedMap<String, Tensor> copy(Map<String, Tensor> parameters) {
        SequencedMap<String, Tensor> copy = new LinkedHashMap<>();
        parameters.forEach((name, tensor) -> copy.put(name, tensor.copy()));
        return copy;
    }
}
