package dev.lossforge.runtime.internal.training;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.backend.CompileSpec;
import dev.lossforge.runtime.data.Batch;
import dev.lossforge.runtime.data.Outputs;
import dev.lossforge.runtime.loss.LossSignature;
import dev.lossforge.runtime.loss.LossTerm;
import dev.lossforge.runtime.metric.Metric;
import dev.lossforge.runtime.metric.Scores;
import dev.lossforge.runtime.tensor.Data;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.ArrayList;
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
    private final double[] sums;
    private final double[] divisors;
    private double penalty;
    private long samples;

    ScoreKeeper(CompileSpec spec, List<Metric> metrics) {
        this.spec = spec;
        this.metrics = metrics;
        this.sums = new double[spec.losses().size()];
        this.divisors = new double[sums.length];
        for (LossTerm term : spec.losses()) {
            term.loss().signature().parts().forEach(part -> parts.put(spec.partName(term, part), 0.0));
        }
        this.hasParts = !parts.isEmpty();
        metrics.forEach(metric -> tallies.put(metric.name(), metric.tally()));
    }

    /**
     * Adds the reduced losses of a batch.
     *
     * @param loss the only loss
     * @param losses each of several losses, by name
     * @param ofBatch the divisor of each
     */
    void addLosses(double loss, Map<String, Double> losses, List<Double> ofBatch) {
        for (int i = 0; i < sums.length; i++) {
            double value = sums.length == 1
                    ? loss
                    : losses.getOrDefault(spec.losses().get(i).name(), Double.NaN);
            sums[i] += value * ofBatch.get(i);
            divisors[i] += ofBatch.get(i);
        }
    }

    /**
     * Adds what does not depend on how much the samples count. Penalties change from step to step and are averaged over
     * the samples. The hyperparameters are those of the last batch.
     */
    void addSamples(double batchPenalty, int count, Map<String, Tensor> trained) {
        penalty += batchPenalty * count;
        samples += count;
        for (LossTerm term : spec.losses()) {
            for (LossSignature.Input input : term.loss().signature().parameters()) {
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

    boolean needsOutputs() {
        return !tallies.isEmpty() || hasParts;
    }

    /**
     * Adds the results computed from a model's outputs: the metrics, and the parts of the loss, which no step returns.
     *
     * @param trained the hyperparameters with which the loss was computed
     * @param ofBatch the divisor of each loss
     */
    void addOutputs(Outputs outputs, Map<String, Tensor> trained, Batch batch, List<Double> ofBatch) {
        if (hasParts) {
            addParts(spec.lossParts(outputs, batch, trained), ofBatch);
        }
        for (Metric metric : metrics) {
            Tensor rated = metric.output().isEmpty()
                    ? outputs.only()
                    : outputs.get(metric.output().get());
            Metric.Tally tally = tallies.get(metric.name());
            if (tally != null) {
                tally.add(
                        rated,
                        target(metric, batch),
                        batch.effectiveWeights(metric.target().orElse(null)));
            }
        }
    }

    private void addParts(Map<String, Double> values, List<Double> ofBatch) {
        forEachPart((loss, name) -> {
            double divisor = ofBatch.get(loss);
            double value = divisor == 0 ? 0 : values.getOrDefault(name, Double.NaN); // nothing counts
            parts.merge(name, value * divisor, Double::sum);
        });
    }

    /** Takes the number of a loss and the name of one of its parts. */
    @FunctionalInterface
    private interface PartVisitor {
        void visit(int loss, String part);
    }

    private void forEachPart(PartVisitor visitor) {
        for (int i = 0; i < sums.length; i++) {
            LossTerm term = spec.losses().get(i);
            for (String part : term.loss().signature().parts()) {
                visitor.visit(i, spec.partName(term, part));
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
        List<Double> numbers = new ArrayList<>(List.of(penalty, (double) samples));
        for (int i = 0; i < sums.length; i++) {
            numbers.addAll(2 * i, List.of(sums[i], divisors[i]));
        }
        state.put(LOSS, numbers);
        parts.forEach((name, sum) -> state.put(PART + name, List.of(sum)));
        tallies.forEach((name, tally) -> state.put(METRIC + name, tally.state()));
        hyperparameters.forEach((name, value) -> state.put(HYPERPARAMETER + name, List.of(value)));
        return state;
    }

    /** Continues from earlier {@link #tallies} of a keeper of the same loss and metrics. */
    void restore(Map<String, List<Double>> state) {
        List<Double> loss = entry(state, LOSS);
        if (loss.size() != 2 * sums.length + 2) {
            throw missing(LOSS);
        }
        for (int i = 0; i < sums.length; i++) {
            sums[i] = loss.get(2 * i);
            divisors[i] = loss.get(2 * i + 1);
        }
        penalty = loss.get(2 * sums.length);
        samples = loss.getLast().longValue();
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
        if (entry == null || entry.isEmpty() && !name.startsWith(METRIC)) {
            throw missing(name);
        }
        return entry;
    }

    private static ConfigurationException missing(String name) {
        return new ConfigurationException(
                "The saved training has no tally of the " + name + "; resume it with its original loss and metrics.");
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
        double loss = 0;
        for (int i = 0; i < sums.length; i++) {
            LossTerm term = spec.losses().get(i);
            loss += (sums.length == 1 ? 1 : term.weight()) * reduced(sums[i], i);
            if (sums.length > 1) {
                reduced.put(term.name(), reduced(sums[i], i));
            }
        }
        forEachPart((number, name) -> reduced.put(name, reduced(parts.getOrDefault(name, 0.0), number)));
        return new Scores(loss + penalty / samples, reduced, rated, hyperparameters);
    }

    private double reduced(double sum, int loss) {
        return switch (spec.reduction()) {
            case NONE, SUM -> sum;
            case MEAN, WEIGHTED_MEAN -> sum / divisors[loss];
        };
    }
}
