package dev.lossforge.runtime.model;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.backend.Backend;
import dev.lossforge.runtime.backend.Backends;
import dev.lossforge.runtime.backend.CompileSpec;
import dev.lossforge.runtime.backend.Penalty;
import dev.lossforge.runtime.loss.LossFunction;
import dev.lossforge.runtime.loss.LossTerm;
import dev.lossforge.runtime.loss.PenaltyFunction;
import dev.lossforge.runtime.loss.Reduction;
import dev.lossforge.runtime.metric.Metric;
import dev.lossforge.runtime.optimizer.Optimizer;
import dev.lossforge.runtime.optimizer.Optimizer.GradientClipping;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * How a model is compiled. By default: the mean loss over the samples, no metrics, no penalties, no clipping, no frozen
 * layers, all processors, and the best installed backend.
 */
public final class CompileOptions {
    private final List<LossTerm> losses;
    private final Optimizer optimizer;
    private double hyperparameterRate = 1;
    private Reduction reduction = Reduction.MEAN;
    private List<Penalty> penalties = List.of();
    private GradientClipping clipping = new GradientClipping.None();
    private Set<String> frozenLayers = Set.of();
    private int threads = Math.min(CompileSpec.MAX_THREADS, Runtime.getRuntime().availableProcessors());
    private List<Metric> metrics = List.of();
    private Supplier<Backend> backend = () -> Backends.select(Backends.AUTO);

    private CompileOptions(List<LossTerm> losses, Optimizer optimizer) {
        this.losses = losses;
        this.optimizer = optimizer;
    }

    /** The default options for an optimizer and a loss. */
    public static CompileOptions of(Optimizer optimizer, LossFunction loss) {
        return of(optimizer, LossTerm.of(loss));
    }

    /**
     * The default options for an optimizer and several losses, whose weighted sum is minimized; none for a model that
     * is trained only by {@link Model#step}.
     *
     * @throws ConfigurationException if two losses have the same name
     */
    public static CompileOptions of(Optimizer optimizer, LossTerm... losses) {
        return new CompileOptions(List.of(losses), optimizer).with(copy -> {});
    }

    /** A changed copy, because an object never changes after it is returned. */
    private CompileOptions with(Consumer<CompileOptions> change) {
        CompileOptions copy = new CompileOptions(losses, optimizer);
        copy.hyperparameterRate = hyperparameterRate;
        copy.reduction = reduction;
        copy.penalties = penalties;
        copy.clipping = clipping;
        copy.frozenLayers = frozenLayers;
        copy.threads = threads;
        copy.metrics = metrics;
        copy.backend = backend;
        change.accept(copy);
        copy.requireValid();
        return copy;
    }

    private void requireValid() {
        spec(0);
        Set<String> names = new HashSet<>();
        for (Metric metric : metrics) {
            if (!names.add(metric.name())) {
                throw new ConfigurationException(
                        "Two metrics are named '" + metric.name() + "'; give one of them only.");
            }
        }
    }

    /** The metrics to report with the loss; their names must differ. */
    public CompileOptions withMetrics(Metric... metrics) {
        return with(copy -> copy.metrics = List.of(metrics));
    }

    /** Runs on the installed backend of this name; {@code auto} selects the best one. */
    public CompileOptions withBackend(String name) {
        return with(copy -> copy.backend = () -> Backends.select(name));
    }

    /** Runs on this backend. */
    public CompileOptions withBackend(Backend backend) {
        return with(copy -> copy.backend = () -> backend);
    }

    /** Adds {@code factor · R} over the weights to the objective. You may call it several times. */
    public CompileOptions withPenalty(double factor, PenaltyFunction regularizer) {
        List<Penalty> more = new ArrayList<>(penalties);
        more.add(new Penalty(factor, regularizer));
        return with(copy -> copy.penalties = List.copyOf(more));
    }

    /** Limits gradients before the optimizer sees them. */
    public CompileOptions withClipping(GradientClipping clipping) {
        return with(copy -> copy.clipping = clipping);
    }

    /**
     * Keeps the parameters of these layers unchanged: a pretrained base below a new head, or the discriminator while
     * its generator learns. Gradients pass through them to earlier layers, their penalties count in the objective, and
     * their dropout stays active.
     */
    public CompileOptions withFrozenLayers(String... layers) {
        return with(copy -> copy.frozenLayers = new LinkedHashSet<>(List.of(layers)));
    }

    /**
     * Trains the losses' trainable hyperparameters with this multiple of the layers' current learning rate, under any
     * schedule; 1 by default. Updates keep them within the range that the formula declares.
     */
    public CompileOptions withHyperparameterRate(double factor) {
        return with(copy -> copy.hyperparameterRate = factor);
    }

    /** How the losses of the samples are reduced to one number. */
    public CompileOptions withReduction(Reduction reduction) {
        return with(copy -> copy.reduction = reduction);
    }

    /** See {@link CompileSpec#threads}. */
    public CompileOptions withThreads(int threads) {
        return with(copy -> copy.threads = threads);
    }

    /** The specification for a backend from these options, for a model with this seed. */
    public CompileSpec spec(long seed) {
        return new CompileSpec(
                losses, reduction, optimizer, hyperparameterRate, penalties, clipping, frozenLayers, seed, threads);
    }

    List<Metric> metrics() {
        return metrics;
    }

    Backend backend() {
        return backend.get();
    }
}
