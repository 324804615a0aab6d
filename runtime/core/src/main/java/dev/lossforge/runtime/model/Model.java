package dev.lossforge.runtime.model;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.Backend;
import dev.lossforge.runtime.backend.BackendException;
import dev.lossforge.runtime.backend.CompileSpec;
import dev.lossforge.runtime.backend.CompiledModel;
import dev.lossforge.runtime.backend.Parameter;
import dev.lossforge.runtime.backend.StepResult;
import dev.lossforge.runtime.data.Batch;
import dev.lossforge.runtime.data.Dataset;
import dev.lossforge.runtime.data.Outputs;
import dev.lossforge.runtime.internal.training.Evaluator;
import dev.lossforge.runtime.internal.training.RateSearch;
import dev.lossforge.runtime.internal.training.Training;
import dev.lossforge.runtime.loss.LossFunction;
import dev.lossforge.runtime.loss.LossResult;
import dev.lossforge.runtime.metric.Evaluation;
import dev.lossforge.runtime.metric.History;
import dev.lossforge.runtime.metric.Metric;
import dev.lossforge.runtime.optimizer.Optimizer;
import dev.lossforge.runtime.tensor.Tensor;
import dev.lossforge.runtime.training.FitOptions;
import dev.lossforge.runtime.training.NonFiniteLossException;
import dev.lossforge.runtime.training.TrainingSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Function;

/**
 * A model of any layers, inputs and outputs. Build one as a {@link Sequential} or with a {@link ModelGraph}; compile
 * and fit it, and then evaluate it or predict with it. Fitting again continues from the current parameters. Compiling
 * again keeps the parameters and resets the optimizer; trained hyperparameters of the losses start with the values from
 * the losses' constructors.
 *
 * <p>Only one thread may use a model at a time, and a callback of {@code fit} may not compile, close or fit the model
 * being fitted. A violation is refused at once. {@link #close} releases what the backend holds.
 */
public sealed class Model implements AutoCloseable permits Sequential {
    private final Architecture architecture;
    private final long seed;
    private final Occupancy occupancy = new Occupancy();
    private ModelState state;
    private int epochsTrained;

    Model(Architecture architecture, long seed) {
        this.architecture = architecture;
        this.seed = seed;
        this.state = new ModelState.Detached(architecture.initialParameters(seed));
    }

    /** Starts a model with branches, joins, shared layers, or several inputs or outputs. */
    public static ModelGraph graph() {
        return new ModelGraph();
    }

    public final Architecture architecture() {
        return architecture;
    }

    /** Compiles for the mean loss over the samples, on the best installed backend. */
    public final void compile(Optimizer optimizer, LossFunction loss, Metric... metrics) {
        compile(CompileOptions.of(optimizer, loss).withMetrics(metrics));
    }

    /**
     * Compiles the training step. The parameters do not change.
     *
     * @throws BackendException if the backend is unknown, cannot run here, or does not support this model
     * @throws ConfigurationException if a layer to freeze does not exist, or a prediction of a loss is not an output of
     *     the model
     */
    public final void compile(CompileOptions options) {
        occupancy.alone("compile", () -> {
            Backend backend = options.backend();
            CompileSpec spec = options.spec(seed);
            CompileChecks.require(architecture, backend, spec);
            SequencedMap<String, Tensor> parameters = layerParameters();
            for (Map.Entry<Parameter, Tensor> entry : spec.hyperparameters().entrySet()) {
                parameters.put(entry.getKey().name(), entry.getValue());
            }
            CompiledModel model = backend.compile(architecture, spec);
            model.loadParameters(parameters);
            state.detached();
            state = new ModelState.Compiled(model, backend.name(), options.metrics());
        });
    }

    /**
     * Trains.
     *
     * @return the loss and metrics of every epoch
     * @throws NonFiniteLossException if the loss or a gradient becomes NaN or infinite; the model then has the
     *     parameters from before that step
     * @throws ConfigurationException if the data lacks an input of the model, or a target of a loss
     */
    public final History fit(Dataset dataset, FitOptions options) {
        return occupancy.withCallbacks("fit", () -> {
            History history = training(dataset, options).run();
            epochsTrained += history.epochs().size();
            return history;
        });
    }

    /**
     * Continues a training of this model, or of another one with the same layers, from a snapshot. The result is bit by
     * bit the same as without the interruption. The data and all options must be the original ones; only the number of
     * epochs may be larger.
     *
     * @return all epochs, those before the interruption included
     * @throws ConfigurationException if the snapshot belongs to another training
     */
    public final History resume(Dataset dataset, FitOptions options, TrainingSnapshot snapshot) {
        return occupancy.withCallbacks("resume", () -> {
            History history = training(dataset, options).resume(snapshot);
            epochsTrained =
                    snapshot.position().earlierEpochs() + history.epochs().size();
            return history;
        });
    }

    /**
     * Trains with learning rates that grow by a factor from step to step, to find good ones. The losses fall where the
     * rate is suitable and grow where it is too high, which ends the trial. Afterwards the model is as before.
     *
     * @param steps the number of rates to try, such as 200 from 1e-6 to 1
     */
    public final LearningRateTrial tryLearningRates(
            Dataset dataset, int batchSize, double minRate, double maxRate, int steps) {
        RateSearch search = new RateSearch(minRate, maxRate, steps);
        return occupancy.withCallbacks("tryLearningRates", () -> {
            search.run(compiled().model(), batchSize, options -> training(dataset, options));
            return new LearningRateTrial(search.rates(), search.losses());
        });
    }

    private Training training(Dataset dataset, FitOptions options) {
        ModelState.Compiled compiled = compiled();
        CompileChecks.requireLoss(compiled.model());
        architecture.requireInputs(dataset.beginning().namedInputs());
        options.validation()
                .ifPresent(data -> architecture.requireInputs(data.beginning().namedInputs()));
        return new Training(compiled.model(), compiled.backend(), compiled.metrics(), options, dataset, epochsTrained);
    }

    /**
     * One step of a custom training loop. It runs forward once, dropout included, and {@code loss} computes a value and
     * gradients from the outputs. Backward, penalties and update follow. The losses with which the model was compiled
     * are not evaluated, and it needs none.
     *
     * <pre>{@code
     * model.compile(CompileOptions.of(Adam.of(0.001)));
     * model.step(batch, outputs -> loss.valueAndGradients(LossInputs.of(outputs.only(), targets), Reduction.MEAN));
     * }</pre>
     *
     * @param loss gets the outputs, which are valid during the call. The gradients of its result are found by the names
     *     of the outputs. If there is one output and one gradient, names do not matter. An output may have no gradient.
     * @return a result whose {@code applied} is false if the value or a gradient was NaN or infinite; nothing has
     *     changed then
     * @throws ConfigurationException if a gradient belongs to no output
     * @throws dev.lossforge.runtime.tensor.ShapeException if a gradient does not have the shape of its output
     */
    public final StepResult step(Batch batch, Function<Outputs, LossResult> loss) {
        return occupancy.alone("step", () -> {
            architecture.requireInputs(batch.namedInputs());
            return compiled().model().step(batch, loss);
        });
    }

    /** The loss and the metrics over a dataset, with dropout off. */
    public final Evaluation evaluate(Dataset dataset) {
        return evaluate(dataset, Evaluator.BATCH_SIZE);
    }

    /** Like {@link #evaluate(Dataset)}, in batches of {@code batchSize} samples. */
    public final Evaluation evaluate(Dataset dataset, int batchSize) {
        return occupancy.shared("evaluate", () -> {
            ModelState.Compiled compiled = compiled();
            CompileChecks.requireLoss(compiled.model());
            architecture.requireInputs(dataset.beginning().namedInputs());
            return new Evaluator(compiled.model(), compiled.metrics()).evaluate(dataset, batchSize);
        });
    }

    /**
     * The output for inputs of any number of samples, with dropout off; one row per sample.
     *
     * @throws ConfigurationException if the model has several inputs
     * @throws dev.lossforge.runtime.data.DataException if the model has several outputs
     */
    public final Tensor predict(Tensor inputs) {
        architecture.requireInputs(inputs.shape());
        return predict(Batch.ofInputs(inputs).namedInputs()).only();
    }

    /**
     * All outputs for inputs by name, with dropout off; one row per sample.
     *
     * @throws ConfigurationException if an input is missing or unknown
     */
    public final Outputs predict(Map<String, Tensor> inputs) {
        return occupancy.shared("predict", () -> {
            return Slices.predict(architecture, inputs, compiled().model()::predictAll);
        });
    }

    /**
     * A copy of all parameters by name, as in {@code conv2d.weights}, in the order of the layers. Trained
     * hyperparameters of the losses follow, as in {@code loss/twoTasks.logVariances}.
     */
    public final SequencedMap<String, Tensor> parameters() {
        return occupancy.shared("parameters", () -> state.parameters());
    }

    /**
     * Replaces all parameters by copies of these, which must have the names and shapes of {@link #parameters}. Missing
     * hyperparameters of losses keep their values. Those of losses with which this model is not compiled are ignored.
     */
    public final void loadParameters(Map<String, Tensor> parameters) {
        occupancy.shared("loadParameters", () -> {
            Map<String, Tensor> layers = new LinkedHashMap<>(parameters);
            layers.keySet().removeIf(CompileSpec::isHyperparameter);
            architecture.requireParameters(layers);
            state = state.with(parameters);
        });
    }

    /**
     * The compiled model itself, for what a backend offers beyond this class.
     *
     * @throws ConfigurationException if the model is not compiled
     */
    public final CompiledModel compiledModel() {
        return compiled().model();
    }

    /**
     * A predictor with the model's current parameters, for any number of threads. The model need not be compiled, and
     * later changes to it do not affect the predictor.
     */
    public final Predictor predictor() {
        return occupancy.shared("predictor", () -> Predictor.of(architecture, layerParameters()));
    }

    private SequencedMap<String, Tensor> layerParameters() {
        SequencedMap<String, Tensor> parameters = state.parameters();
        parameters.keySet().removeIf(CompileSpec::isHyperparameter);
        return parameters;
    }

    /** As {@link #save(Path, Map)}, without notes. */
    public final void save(Path file) throws IOException {
        save(file, Map.of());
    }

    /**
     * Saves the layers and their parameters in one file, which {@link Models#load} reads; a file of this name is
     * replaced only when the new one is complete and on the disk. The file does not contain the loss and the optimizer,
     * but it contains trained hyperparameters.
     *
     * @param notes further contents of the file, as in {@code "classes": "cat, dog"}; see {@link Models#notes}
     * @throws ConfigurationException if the name of a note is taken, the folder does not exist or takes no files, or a
     *     file of this name was not written by Lossforge
     */
    public final void save(Path file, Map<String, String> notes) throws IOException {
        SequencedMap<String, Tensor> parameters = parameters();
        Models.save(file, architecture, seed, parameters, notes);
    }

    /** A table of the layers with their output shapes and numbers of parameters. */
    public final String summary() {
        return Summary.of(architecture);
    }

    /** Copies the parameters back and releases what the backend holds. The model can be compiled again. */
    @Override
    public final void close() {
        occupancy.alone("close", () -> {
            state = state.detached();
        });
    }

    private ModelState.Compiled compiled() {
        if (state instanceof ModelState.Compiled compiled) {
            return compiled;
        }
        throw new ConfigurationException("The model is not compiled; call compile(optimizer, loss) first.");
    }
}
