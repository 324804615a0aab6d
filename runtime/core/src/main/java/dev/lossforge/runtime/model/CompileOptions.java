package dev.lossforge.runtime.model;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.backend.Backend;
import dev.lossforge.runtime.backend.Backends;
import dev.lossforge.runtime.backend.CompileSpec;
import dev.lossforge.runtime.backend.Penalty;
import dev.lossforge.runtime.loss.Loss;
import dev.lossforge.runtime.loss.Reduction;
import dev.lossforge.runtime.loss.Regularizer;
import dev.lossforge.runtime.optimizer.GradientClipping;
import dev.lossforge.runtime.optimizer.Optimizer;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What a model is compiled for. Starts with the mean loss over the samples, no metrics, no penalties, no clipping,
 * nothing frozen, all processors, and the best installed backend.
 */
public final class CompileOptions {
    private final CompileSpec spec;
    private final List<Metric> metrics;
    private final Supplier<Backend> backend;

    private CompileOptions(CompileSpec spec, List<Metric> metrics, Supplier<Backend> backend) {
        this.spec = spec;
        this.metrics = metrics;
        this.backend = backend;
    }

    public static CompileOptions of(Optimizer optimizer, Loss loss) {
        return new CompileOptions(CompileSpec.of(loss, optimizer), List.of(), () -> Backends.select(Backends.AUTO));
    }

    /** What to report beside the loss; their names differ. */
    public CompileOptions withMetrics(Metric... metrics) {
        Set<String> names = new HashSet<>();
        for (Metric metric : metrics) {
            if (!names.add(metric.name())) {
                throw new ConfigurationException(
                        "Two metrics are named '" + metric.name() + "'; give one of them only.");
            }
        }
        return new CompileOptions(spec, List.of(metrics), backend);
    }

    /** Carried out by the installed backend of this name; {@code auto} takes the best one. */
    public CompileOptions withBackend(String name) {
        return new CompileOptions(spec, metrics, () -> Backends.select(name));
    }

    /** Carried out by this backend. */
    public CompileOptions withBackend(Backend backend) {
        return new CompileOptions(spec, metrics, () -> backend);
    }

    /** Adds {@code factor · R} over the weights to what is minimised; may be called several times. */
    public CompileOptions withPenalty(double factor, Regularizer regularizer) {
        return new CompileOptions(spec.withPenalty(new Penalty(factor, regularizer)), metrics, backend);
    }

    /** Limits gradients before the optimiser sees them. */
    public CompileOptions withClipping(GradientClipping clipping) {
        return new CompileOptions(spec.withClipping(clipping), metrics, backend);
    }

    /**
     * Leaves the parameters of these layers as they are: a pretrained base below a new head, or the discriminator while
     * its generator learns. Gradients pass through them to the layers before; their penalties are counted in the
     * objective; their dropout still drops.
     */
    public CompileOptions withFrozenLayers(String... layers) {
        return new CompileOptions(spec.withFrozenLayers(new LinkedHashSet<>(List.of(layers))), metrics, backend);
    }

    /** How the samples' losses become one number. */
    public CompileOptions withReduction(Reduction reduction) {
        return new CompileOptions(spec.withReduction(reduction), metrics, backend);
    }

    /** See {@link CompileSpec#threads}. */
    public CompileOptions withThreads(int threads) {
        return new CompileOptions(spec.withThreads(threads), metrics, backend);
    }

    CompileSpec spec(long seed) {
        return spec.withSeed(seed);
    }

    List<Metric> metrics() {
        return metrics;
    }

    Backend backend() {
        return backend.get();
    }
}
