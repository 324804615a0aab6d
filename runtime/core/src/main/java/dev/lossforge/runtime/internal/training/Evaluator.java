package dev.lossforge.runtime.internal.training;

import dev.lossforge.runtime.backend.CompiledModel;
import dev.lossforge.runtime.backend.EvaluationStep;
import dev.lossforge.runtime.data.Batch;
import dev.lossforge.runtime.data.Batches;
import dev.lossforge.runtime.data.Dataset;
import dev.lossforge.runtime.metric.Evaluation;
import dev.lossforge.runtime.metric.Metric;
import java.util.List;

/** Runs a compiled model over a dataset without training it. */
public final class Evaluator {
    /** Large enough to use the hardware well, small enough that the activations of a batch need little memory. */
    public static final int BATCH_SIZE = 256;

    private final CompiledModel model;
    private final List<Metric> metrics;

    public Evaluator(CompiledModel model, List<Metric> metrics) {
        this.model = model;
        this.metrics = metrics;
    }

    /**
     * Checks the data and evaluates it.
     *
     * @throws dev.lossforge.runtime.LossforgeException if a target or a batch of one sample does not fit a loss
     */
    public Evaluation evaluate(Dataset dataset, int batchSize) {
        return evaluateChecked(checked(model, dataset, batchSize), batchSize);
    }

    static Dataset checked(CompiledModel model, Dataset dataset, int batchSize) {
        SmallBatches.requireEvaluable(model, dataset, batchSize);
        return TargetChecks.checked(model, dataset, batchSize);
    }

    Evaluation evaluateChecked(Dataset dataset, int batchSize) {
        ScoreKeeper keeper = new ScoreKeeper(model.spec(), metrics);
        try (Batches batches = dataset.batches(batchSize)) {
            for (Batch batch : batches) {
                EvaluationStep step = model.evaluate(batch);
                keeper.addLosses(step.dataLoss(), step.losses(), step.divisors());
                keeper.addSamples(step.penalty(), batch.size(), step.hyperparameters());
                keeper.addOutputs(step.outputs(), step.hyperparameters(), batch, step.divisors());
            }
        }
        return new Evaluation(keeper.scores(), dataset.size());
    }
}
