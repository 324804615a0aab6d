package dev.lossforge.runtime.model;

import dev.lossforge.runtime.data.Batch;
import dev.lossforge.runtime.loss.Reduction;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Adds up the losses and metrics of batches to those of all their samples. */
final class ScoreKeeper {
    private final Reduction reduction;
    private final Map<String, Metric.Tally> tallies = new LinkedHashMap<>();
    private double dataLoss;
    private double penalty;
    private long samples;

    ScoreKeeper(Reduction reduction, List<Metric> metrics) {
        this.reduction = reduction;
        metrics.forEach(metric -> tallies.put(metric.name(), metric.tally()));
    }

    /** Adds the reduced loss of a batch. Penalties change from step to step and are averaged over the samples. */
    void addLoss(double batchLoss, double batchPenalty, Batch batch) {
        dataLoss += switch (reduction) {
            case MEAN -> batchLoss * batch.size();
            case SUM, NONE -> batchLoss;
        };
        penalty += batchPenalty * batch.size();
        samples += batch.size();
    }

    boolean needsOutputs() {
        return !tallies.isEmpty();
    }

    void addOutputs(Tensor outputs, Batch batch) {
        tallies.values().forEach(tally -> tally.add(outputs, batch.targets()));
    }

    long samples() {
        return samples;
    }

    Scores scores() {
        Map<String, Double> metrics = new LinkedHashMap<>();
        tallies.forEach((name, tally) -> metrics.put(name, tally.value()));
        double data = switch (reduction) {
            case MEAN -> dataLoss / samples;
            case SUM, NONE -> dataLoss;
        };
        return new Scores(data + penalty / samples, metrics);
    }
}
