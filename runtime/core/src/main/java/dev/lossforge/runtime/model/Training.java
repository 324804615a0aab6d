package dev.lossforge.runtime.model;

import dev.lossforge.runtime.backend.CompiledModel;
import dev.lossforge.runtime.backend.StepResult;
import dev.lossforge.runtime.data.Batch;
import dev.lossforge.runtime.data.Batches;
import dev.lossforge.runtime.data.Dataset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One call of {@link Sequential#fit}: the epochs, their steps, and what is told of them. */
final class Training implements TrainingControl {
    private final CompiledModel model;
    private final String backend;
    private final List<Metric> metrics;
    private final FitOptions options;
    private boolean stopped;

    Training(CompiledModel model, String backend, List<Metric> metrics, FitOptions options) {
        this.model = model;
        this.backend = backend;
        this.metrics = metrics;
        this.options = options;
    }

    /** Trains. The epochs shuffle as those that follow {@code earlierEpochs} epochs of the same model. */
    History run(Dataset dataset, int earlierEpochs) {
        model.prepare(Math.min(options.batchSize(), dataset.size()));
        Batches batches = dataset.batches(options.batchSize());
        List<EpochResult> results = new ArrayList<>();
        tell(new TrainingEvent.TrainBegin(options.epochs(), batches.count(), dataset.size(), backend));
        for (int epoch = 1; epoch <= options.epochs() && !stopped; epoch++) {
            if (options.shuffle()) {
                batches.shuffle(model.spec().seed(), earlierEpochs + epoch);
            }
            results.add(epoch(epoch, batches));
        }
        History history = new History(results);
        tell(new TrainingEvent.TrainEnd(history));
        return history;
    }

    private EpochResult epoch(int epoch, Batches batches) {
        tell(new TrainingEvent.EpochBegin(epoch));
        ScoreKeeper keeper = new ScoreKeeper(model.spec().reduction(), metrics);
        long start = System.nanoTime();
        int step = 0;
        for (Batch batch : batches) {
            step(epoch, ++step, batch, keeper, start);
            if (stopped) {
                break;
            }
        }
        double seconds = secondsSince(start);
        Optional<Evaluation> validation =
                options.validation().map(data -> new Evaluator(model, metrics).evaluate(data, Evaluator.BATCH_SIZE));
        EpochResult result = new EpochResult(epoch, keeper.scores(), seconds, keeper.samples() / seconds, validation);
        tell(new TrainingEvent.EpochEnd(result));
        return result;
    }

    private void step(int epoch, int number, Batch batch, ScoreKeeper keeper, long start) {
        StepResult result = model.trainStep(batch);
        if (!result.applied()) {
            throw new NonFiniteLossException(epoch, number, result);
        }
        keeper.addLoss(result.dataLoss(), result.penalty(), batch);
        if (keeper.needsOutputs()) {
            keeper.addOutputs(model.lastOutputs(), batch);
        }
        if (!options.callbacks().isEmpty()) {
            tell(new TrainingEvent.StepEnd(
                    epoch, number, result.loss(), keeper.scores(), keeper.samples(), secondsSince(start)));
        }
    }

    private void tell(TrainingEvent event) {
        options.callbacks().forEach(callback -> callback.on(event, this));
    }

    /** At least a nanosecond, so that rates stay finite. */
    private static double secondsSince(long start) {
        return Math.max(System.nanoTime() - start, 1) * 1e-9;
    }

    @Override
    public void stop() {
        stopped = true;
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
