package dev.lossforge.runtime.internal.training;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.backend.CompileSpec;
import dev.lossforge.runtime.data.Batch;
import dev.lossforge.runtime.data.Outputs;
import dev.lossforge.runtime.loss.LossInput;
import dev.lossforge.runtime.loss.LossTerm;
import dev.lossforge.runtime.metric.Metric;
import dev.lossforge.runtime.metric.Scores;
import dev.lossforge.runtime.tensor.Data;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Combines the losses, their parts and the metrics of batches into those of all samples. */
final class ScoreKeeper {
    private static final String LOSS = "loss";
    private static final String PART = "part ";
    private static final String METRIC = "metric ";
    private static final String HYPERPARAMETER = "hyperparameter ";

    private final CompileSpec spec;
    private final Map<String, Double> parts = new LinkedHashMap<>();
    private final List<Metric> metrics;
    private final Map<String, Metric.Tally> tallies = new LinkedHashMap<>();
    private final Map<String, Double> hyperparameters = new LinkedHashMap<>();
    private final boolean hasParts;
    private double dataLoss;
    private double divisor;
    private double penalty;
    private long samples;

    ScoreKeeper(CompileSpec spec, List<Metric> metrics) {
        this.spec = spec;
        this.metrics = metrics;
        if (spec.losses().size() > 1) {
            spec.losses().forEach(term -> parts.put(term.name(), 0.0));
        }
        for (LossTerm term : spec.losses()) {
            term.loss().signature().parts().forEach(part -> parts.put(spec.partName(term, part), 0.0));
        }
        this.hasParts = spec.losses().stream()
                .anyMatch(term -> !term.loss().signature().parts().isEmpty());
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

    /** Adds the other results of a step or an evaluation: each of several losses, and the hyperparameters. */
    void addTerms(Map<String, Double> losses, Map<String, Tensor> trained, Batch batch) {
        double batchDivisor = divisor(batch);
        losses.forEach((name, value) -> parts.merge(name, value * batchDivisor, Double::sum));
        for (LossTerm term : spec.losses()) {
            for (LossInput input : term.loss().signature().parameters()) {
                Tensor value = trained.get(CompileSpec.hyperparameterName(term, input.name()));
                if (value != null) {
                    note(term.name() + "." + input.name(), value);
                }
            }
        }
    }

    private void note(String name, Tensor value) {
        for (int i = 0; i < value.size(); i++) {
            String entry = value.shape().rank() == 0 ? name : name + "[" + i + "]";
            hyperparameters.put(entry, (double) value.array()[i]);
        }
    }

    /** The divisor of the sum over a batch, up to a factor that all batches share. */
    private double divisor(Batch batch) {
        return switch (spec.reduction()) {
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
        return !tallies.isEmpty() || hasParts;
    }

    /**
     * Adds the results computed from a model's outputs: the metrics, and the parts of the loss, which no step returns.
     *
     * @param trained the hyperparameters with which the loss was computed
     */
    void addOutputs(Outputs outputs, Map<String, Tensor> trained, Batch batch) {
        double batchDivisor = divisor(batch);
        spec.lossParts(outputs, batch, trained)
                .forEach((name, value) -> parts.merge(name, value * batchDivisor, Double::sum));
        for (Metric metric : metrics) {
            Tensor rated = metric.output().isEmpty()
                    ? outputs.only()
                    : outputs.get(metric.output().get());
            Metric.Tally tally = tallies.get(metric.name());
            if (tally != null) {
                tally.add(rated, target(metric, batch), batch.weights());
            }
        }
    }

    private static Data target(Metric metric, Batch batch) {
        if (metric.target().isEmpty() && batch.namedTargets().size() > 1) {
            throw new ConfigurationException("The metric '" + metric.name() + "' is compared with one target, but the"
                    + " data has " + String.join(", ", batch.namedTargets().keySet())
                    + "; say which: metric.on(OUTPUT, TARGET).");
        }
        return metric.target().isEmpty()
                ? batch.targets()
                : batch.target(metric.target().get());
    }

    long samples() {
        return samples;
    }

    /** The sums so far, to the last bit; see {@link #restore}. */
    Map<String, List<Double>> tallies() {
        Map<String, List<Double>> state = new LinkedHashMap<>();
        state.put(LOSS, List.of(dataLoss, divisor, penalty, (double) samples));
        parts.forEach((name, sum) -> state.put(PART + name, List.of(sum)));
        tallies.forEach((name, tally) -> state.put(METRIC + name, tally.state()));
        hyperparameters.forEach((name, value) -> state.put(HYPERPARAMETER + name, List.of(value)));
        return state;
    }

    /** Continues from earlier {@link #tallies} of a keeper of the same loss and metrics. */
    void restore(Map<String, List<Double>> state) {
        List<Double> loss = entry(state, LOSS);
        dataLoss = loss.get(0);
        divisor = loss.get(1);
        penalty = loss.get(2);
        samples = loss.get(3).longValue();
        parts.replaceAll((name, sum) -> entry(state, PART + name).getFirst());
        tallies.forEach((name, tally) -> tally.restore(entry(state, METRIC + name)));
        state.forEach((name, values) -> {
            if (name.startsWith(HYPERPARAMETER)) {
                hyperparameters.put(name.substring(HYPERPARAMETER.length()), values.getFirst());
            }
        });
    }

    private static List<Double> entry(Map<String, List<Double>> state, String name) {
        List<Double> entry = state.get(name);
        if (entry == null || entry.isEmpty() || (name.equals(LOSS) && entry.size() != 4)) {
            throw new ConfigurationException("The saved training has no tally of the " + name
                    + "; resume it with its original loss and metrics.");
        }
        return entry;
    }

    Scores scores() {
        return scores(Metric.Tally::value);
    }

    /** The scores within an epoch. */
    Scores interimScores() {
        return scores(Metric.Tally::interim);
    }

    private Scores scores(ToDoubleFunction<Metric.Tally> value) {
        Map<String, Double> rated = new LinkedHashMap<>();
        tallies.forEach((name, tally) -> rated.put(name, value.applyAsDouble(tally)));
        Map<String, Double> reduced = new LinkedHashMap<>();
        parts.forEach((name, sum) -> reduced.put(name, reduced(sum)));
        return new Scores(reduced(dataLoss) + penalty / samples, reduced, rated, hyperparameters);
    }

    private double reduced(double sum) {
        return switch (spec.reduction()) {
            case NONE, SUM -> sum;
            case MEAN, WEIGHTED_MEAN -> sum / divisor;
        };
    }
}
