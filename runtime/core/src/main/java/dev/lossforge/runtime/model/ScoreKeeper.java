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
    private double divisor;
    private double penalty;
    private long samples;

    ScoreKeeper(Reduction reduction, List<Metric> metrics) {
        this.reduction = reduction;
        metrics.forEach(metric -> tallies.put(metric.name(), metric.tally()));
    }

    /** Adds the reduced loss of a batch. Penalties change from step to step and are averaged over the samples. */
    void addLoss(double batchLoss, double batchPenalty, Batch batch) {
        double batchDivisor = divisor(batch);
        dataLoss += batchLoss * batchDivisor;
        divisor += batchDivisor;
        penalty += batchPenalty * batch.size();
        samples += batch.size();
    }

    /** What the sum over a batch was divided by, up to a factor that all batches share. */
    private double divisor(Batch batch) {
        return switch (reduction) {
            case NONE, SUM -> 1;
            case MEAN -> batch.size();
            case WEIGHTED_MEAN -> weight(batch);
        };
    }

    private static double weight(Batch batch) {
        if (batch.weights() == null) {
            return batch.size();
        }
        double sum = 0;
        for (float weight : batch.weights().array()) {
            sum += weight;
        }
        return sum;
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
            case NONE, SUM -> dataLoss;
            case MEAN, WEIGHTED_MEAN -> dataLoss / divisor;
        };
        return new Scores(data + penalty / samples, metrics);
    }
}
