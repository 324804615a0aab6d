package dev.lossforge.runtime.cpu;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.CompileSpec;
import dev.lossforge.runtime.backend.GradientSums;
import dev.lossforge.runtime.backend.LossCount;
import dev.lossforge.runtime.backend.SharePlace;
import dev.lossforge.runtime.cpu.internal.layer.Network;
import dev.lossforge.runtime.cpu.internal.layer.Pass;
import dev.lossforge.runtime.cpu.internal.parameter.ParameterBlock;
import dev.lossforge.runtime.cpu.internal.parameter.ParameterStore;
import dev.lossforge.runtime.cpu.internal.work.Range;
import dev.lossforge.runtime.cpu.internal.work.WorkerTeam;
import dev.lossforge.runtime.data.Batch;
import dev.lossforge.runtime.loss.LossTerm;
import dev.lossforge.runtime.loss.Reduction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * The two halves of a step over several machines: computing the gradients of a share, and updating with the gradients
 * of all shares.
 */
final class Shares {
    private final Architecture architecture;
    private final CompileSpec spec;
    private final ParameterStore parameters;
    private final Penalties penalties;
    private final WorkerTeam team;

    private final GradientHandover handover;

    /** Passes without penalties, which are added only once, to the gradients of the whole batch. */
    private final TeamPasses passes;

    Shares(
            Architecture architecture,
            CompileSpec spec,
            Network network,
            ParameterStore parameters,
            Penalties penalties,
            WorkerTeam team) {
        this.architecture = architecture;
        this.spec = spec;
        this.parameters = parameters;
        this.penalties = penalties;
        this.team = team;
        this.handover = new GradientHandover(network, parameters);
        this.passes = new TeamPasses(network, team, parameters, new Penalties(List.of(), parameters));
    }

    /** Checks that the model can be trained in shares, and that an array has room for its gradients. */
    void requireFit(float[] gradients) {
        spec.requireShares(architecture);
        if (gradients.length != parameters.layout().size()) {
            throw new ConfigurationException("The model's gradients take "
                    + parameters.layout().size() + " floats, but an array of " + gradients.length + " is given.");
        }
    }

    /**
     * Forward, loss and backward; as {@link dev.lossforge.runtime.backend.CompiledModel#gradients}.
     *
     * @param objective of the share at this place
     * @throws ConfigurationException if the place has no counts, and the losses have different divisors
     */
    GradientSums compute(
            Batch share, SharePlace place, long step, Objective objective, float[] gradients, IntConsumer filled) {
        boolean divided = !place.counts().isEmpty();
        List<LossCount> counts = counts(objective);
        if (!divided) {
            requireOneDivisor(counts);
        }
        handover.begin(gradients, filled, team.size());
        passes.train(share, new Pass(true, step, place.firstSample()), objective, handover);
        objective.addHyperparameterGradients(parameters.gradients().of(0));
        List<Double> losses = objective.unweighted();
        boolean finite = handover.finish() && losses.stream().allMatch(Double::isFinite);
        return new GradientSums(losses, counts, divided, finite);
    }

    /** What each loss counts, in the order of the spec. */
    List<LossCount> counts(Objective objective) {
        List<String> names = spec.losses().stream().map(LossTerm::name).toList();
        List<Double> samples = objective.divisors(Reduction.MEAN, names);
        List<Double> weights = objective.divisors(Reduction.WEIGHTED_MEAN, names);
        return IntStream.range(0, names.size())
                .mapToObj(i -> new LossCount(samples.get(i), weights.get(i)))
                .toList();
    }

    /** Gradients of several losses are added up, so that what divides them later divides all of them alike. */
    private void requireOneDivisor(List<LossCount> counts) {
        double first = counts.getFirst().divisor(spec.reduction());
        for (int i = 1; i < counts.size(); i++) {
            double other = counts.get(i).divisor(spec.reduction());
            if (other != first) {
                throw new ConfigurationException("In a share of a batch, the loss '"
                        + spec.losses().getFirst().name() + "' counts " + first + " samples and the loss '"
                        + spec.losses().get(i).name() + "' " + other
                        + ", so each is divided by another number; add up CompiledModel.counts of all shares, and"
                        + " give them in SharePlace.counting.");
            }
        }
    }

    /** Turns the gradients' sums over a batch into the gradients of the objective, including penalties. */
    void place(GradientSums sums, float[] gradients) {
        float divisor = (float) sums.divisor(0, spec.reduction()); // that of all losses
        float[] total = parameters.gradients().total();
        List<ParameterBlock> order = handover.order();
        team.run(worker -> {
            if (worker > 0) {
                parameters.gradients().clear(worker);
            }
            Range slice = Range.share(total.length, worker, team.size());
            int from = 0;
            for (ParameterBlock block : order) {
                int first = Math.max(slice.from(), from);
                int end = Math.min(slice.to(), from + block.size());
                int shift = block.offset() - from;
                for (int i = first; i < end; i++) {
                    total[i + shift] = divisor == 0 ? 0 : gradients[i] / divisor; // no weight, no gradient
                }
                from += block.size();
            }
        });
        team.run(worker -> penalties.addGradients(parameters, worker, team.size()));
    }

    /** The weighted sum of the losses of a whole batch. */
    double value(GradientSums sums) {
        double value = 0;
        for (int i = 0; i < spec.losses().size(); i++) {
            value += spec.losses().get(i).weight() * reduced(sums, i);
        }
        return value;
    }

    /** The losses of a whole batch, by name. */
    Map<String, Double> values(GradientSums sums, List<String> names) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (int i = 0; i < names.size() && names.size() > 1; i++) {
            values.put(names.get(i), reduced(sums, i));
        }
        return values;
    }

    /** The divisor of each loss of a whole batch. */
    List<Double> divisors(GradientSums sums) {
        return sums.counts().stream()
                .map(count -> count.divisor(spec.reduction()))
                .toList();
    }

    private double reduced(GradientSums sums, int loss) {
        double divisor = sums.divisor(loss, spec.reduction());
        return divisor == 0 ? 0 : sums.losses().get(loss) / divisor; // nothing counts
    }
}
