package dev.lossforge.runtime.internal.training;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.backend.CompiledModel;
import dev.lossforge.runtime.backend.StepResult;
import dev.lossforge.runtime.callback.Callback.Event;
import dev.lossforge.runtime.callback.Callback.TrainingControl;
import dev.lossforge.runtime.data.Batch;
import dev.lossforge.runtime.data.Batches;
import dev.lossforge.runtime.data.Dataset;
import dev.lossforge.runtime.metric.Evaluation;
import dev.lossforge.runtime.metric.History;
import dev.lossforge.runtime.metric.Metric;
import dev.lossforge.runtime.tensor.Tensor;
import dev.lossforge.runtime.training.FitOptions;
import dev.lossforge.runtime.training.NonFiniteLossException;
import dev.lossforge.runtime.training.TrainingInterruptedException;
import dev.lossforge.runtime.training.TrainingSnapshot;
import dev.lossforge.runtime.training.TrainingSnapshot.Checkpointer.Moment;
import dev.lossforge.runtime.training.TrainingSnapshot.EpochProgress;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** One call of {@link dev.lossforge.runtime.model.Model#fit}: the epochs, their steps, and their events. */
public final class Training implements TrainingControl {
    private final CompiledModel model;
    private final String backend;
    private final List<Metric> metrics;
    private final FitOptions options;
    private final Dataset dataset;
    private final List<History.Epoch> epochs = new ArrayList<>();
    private Optional<Dataset> validation = Optional.empty();
    private TrainingControl.Position position;
    private EpochClock clock = new EpochClock();
    private ScoreKeeper keeper;
    private TrainingSnapshot.@Nullable Plan plan;
    private boolean stopped;
    private boolean interrupted;

    /**
     * A training of a model that has been trained for {@code earlierEpochs} epochs, whose shuffles it does not repeat.
     */
    public Training(
            CompiledModel model,
            String backend,
            List<Metric> metrics,
            FitOptions options,
            Dataset dataset,
            int earlierEpochs) {
        this.model = model;
        this.backend = backend;
        this.metrics = metrics;
        this.options = options;
        this.dataset = dataset;
        this.position = TrainingControl.Position.start(earlierEpochs);
        this.keeper = newKeeper();
    }

    private ScoreKeeper newKeeper() {
        return new ScoreKeeper(model.spec(), metrics);
    }

    /** Trains from the beginning. */
    public History run() {
        return run(null);
    }

    /**
     * Continues from a snapshot.
     *
     * @throws dev.lossforge.runtime.ConfigurationException if it belongs to another training
     */
    public History resume(TrainingSnapshot snapshot) {
        plan().requireSame(snapshot.plan());
        requireEpochs(snapshot.position());
        return run(snapshot);
    }

    /** Resuming with fewer epochs than already ran would record a run that never happened. */
    private void requireEpochs(TrainingControl.Position position) {
        int begun = position.step() > 0 ? position.epoch() : position.epoch() - 1;
        if (begun > options.epochs()) {
            throw new ConfigurationException("The run already has " + begun + (begun == 1 ? " epoch" : " epochs")
                    + ", but " + options.epochs() + " were requested; request at least " + begun + ".");
        }
    }

    private History run(@Nullable TrainingSnapshot snapshot) {
        Dataset checked = TargetChecks.checked(model, dataset, options.batchSize());
        try (Batches batches = checked.batches(options.batchSize(), options.isDroppingLast())) {
            return run(batches, snapshot);
        }
    }

    private History run(Batches batches, @Nullable TrainingSnapshot snapshot) {
        validation = options.validation().map(data -> Evaluator.checked(model, data, Evaluator.BATCH_SIZE));
        SmallBatches.requireTrainable(model, dataset, batches);
        model.prepare(Math.min(options.batchSize(), dataset.size()));
        if (snapshot != null) {
            restoreModel(snapshot);
        }
        tell(new Event.TrainBegin(options.epochs(), batches.count(), batches.samples(), backend));
        if (snapshot != null) {
            // After the beginning, which may have set the learning rate or cleared a callback's state.
            restoreControl(snapshot);
        }
        checkpoint(Moment.BEGIN);
        while (position.epoch() <= options.epochs() && (!stopped || position.step() > 0)) {
            epoch(batches);
        }
        tell(new Event.TrainEnd(history()));
        return history();
    }

    private void restoreModel(TrainingSnapshot snapshot) {
        model.loadParameters(snapshot.parameters());
        model.loadOptimizerState(snapshot.optimizer());
        position = snapshot.position();
        epochs.addAll(snapshot.epochs());
        if (position.step() > 0) {
            keeper.restore(snapshot.progress().tallies());
            clock = new EpochClock(snapshot.progress().seconds());
        }
    }

    private void restoreControl(TrainingSnapshot snapshot) {
        model.setLearningRate(snapshot.learningRate());
        stopped |= snapshot.stopped();
        CallbackStates.restore(options.callbacks(), snapshot.callbacks());
    }

    private void epoch(Batches batches) {
        if (options.shuffle()) {
            batches.shuffle(model.spec().seed(), position.earlierEpochs() + position.epoch());
        }
        if (position.step() == 0) {
            tell(new Event.EpochBegin(position.epoch()));
            clock = new EpochClock();
            keeper = newKeeper();
        } else {
            clock.goOn();
        }
        Iterator<Batch> rest = batches.after(position.step());
        while (rest.hasNext() && (!stopped || position.step() == 0)) {
            if (!step(rest.next())) {
                break;
            }
        }
        if (position.step() > 0) {
            endEpoch();
        }
    }

    private void endEpoch() {
        double seconds = clock.seconds();
        Optional<Evaluation> validated =
                validation.map(data -> new Evaluator(model, metrics).evaluateChecked(data, Evaluator.BATCH_SIZE));
        History.Epoch result =
                new History.Epoch(position.epoch(), keeper.scores(), seconds, keeper.samples() / seconds, validated);
        epochs.add(result);
        position = position.nextEpoch();
        tell(new Event.EpochEnd(result));
        checkpoint(Moment.EPOCH);
    }

    /** Runs a step, and returns whether the model could be updated. */
    private boolean step(Batch batch) {
        StepResult result = model.trainStep(batch);
        if (!result.applied()) {
            diverged(new NonFiniteLossException(
                    position.epoch(), position.step() + 1, result, NonFiniteValues.in(dataset, batch)));
            return false;
        }
        position = position.nextStep();
        keeper.addLosses(result.dataLoss(), result.losses(), result.divisors());
        keeper.addSamples(result.penalty(), batch.size(), result.hyperparameters());
        if (keeper.needsOutputs()) {
            keeper.addOutputs(model.lastOutputs(), result.hyperparameters(), batch, result.divisors());
        }
        if (!options.callbacks().isEmpty()) {
            tell(new Event.StepEnd(
                    position.epoch(),
                    position.step(),
                    result.loss(),
                    keeper.interimScores(),
                    keeper.samples(),
                    clock.seconds()));
        }
        checkpoint(Moment.STEP);
        return true;
    }

    private void diverged(NonFiniteLossException divergence) {
        tell(new Event.NonFinite(divergence.epoch(), divergence.step(), String.valueOf(divergence.getMessage())));
        if (!stopped) {
            keep(Moment.END);
            throw divergence;
        }
    }

    private void tell(Event event) {
        options.callbacks().forEach(callback -> callback.on(event, this));
    }

    /** Offers the training for saving; interrupts it if a callback or another thread has requested that. */
    private void checkpoint(Moment moment) {
        boolean byThread = Thread.interrupted(); // an interrupted thread could write no file
        if (byThread || interrupted) {
            try {
                keep(Moment.END);
            } finally {
                if (byThread) {
                    Thread.currentThread().interrupt();
                }
            }
            throw new TrainingInterruptedException(position);
        }
        keep(moment);
    }

    private void keep(Moment moment) {
        options.checkpointer().ifPresent(keeper -> keeper.checkpoint(moment, model.step(), this::snapshot));
    }

    private TrainingSnapshot snapshot() {
        EpochProgress progress = position.step() == 0
                ? new EpochProgress(0, Map.of())
                : new EpochProgress(clock.seconds(), keeper.tallies());
        return new TrainingSnapshot(
                plan(),
                position,
                stopped,
                epochs,
                progress,
                model.parameters(),
                model.optimizerState(),
                model.learningRate(),
                CallbackStates.of(options.callbacks()));
    }

    private TrainingSnapshot.Plan plan() {
        if (plan == null) {
            plan = Plans.of(model, backend, options, dataset);
        }
        return plan;
    }

    @Override
    public History history() {
        return new History(epochs);
    }

    @Override
    public TrainingControl.Position position() {
        return position;
    }

    @Override
    public void stop() {
        stopped = true;
    }

    @Override
    public void interrupt() {
        interrupted = true;
    }

    @Override
    public SequencedMap<String, Tensor> parameters() {
        return model.parameters();
    }

    @Override
    public void loadParameters(Map<String, Tensor> parameters) {
        model.loadParameters(parameters);
    }

    @Override
    public double gradientNorm() {
        return model.gradientNorm();
    }

    @Override
    public double learningRate() {
        return model.learningRate();
    }

    @Override
    public void setLearningRate(double learningRate) {
        model.setLearningRate(learningRate);
    }
}
