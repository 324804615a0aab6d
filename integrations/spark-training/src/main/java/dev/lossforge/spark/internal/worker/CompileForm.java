package dev.lossforge.spark.internal.worker;

import dev.lossforge.runtime.backend.Backend;
import dev.lossforge.runtime.backend.CompileSpec;
import dev.lossforge.runtime.internal.form.LossForm;
import dev.lossforge.runtime.loss.LossTerm;
import dev.lossforge.runtime.loss.Reduction;
import dev.lossforge.runtime.model.CompileOptions;
import dev.lossforge.runtime.optimizer.Optimizer;
import dev.lossforge.runtime.optimizer.Optimizer.GradientClipping;
import java.io.Serial;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How a model is compiled, as it travels: losses and penalties by class and hyperparameters. */
public record CompileForm(
        List<Term> losses,
        Reduction reduction,
        Optimizer optimizer,
        double hyperparameterRate,
        List<WeightedPenalty> penalties,
        GradientClipping clipping,
        List<String> frozenLayers)
        implements Serializable {
    @Serial
    private static final long serialVersionUID = 1;

    /** A loss with its name, its weight and where its predictions and targets are. */
    public record Term(String name, LossForm loss, double weight, Map<String, String> sources) implements Serializable {
        @Serial
        private static final long serialVersionUID = 1;

        static Term of(LossTerm term) {
            return new Term(term.name(), LossForm.of(term.loss()), term.weight(), new LinkedHashMap<>(term.sources()));
        }

        LossTerm toTerm() {
            return new LossTerm(name, loss.toLoss(), weight, sources);
        }
    }

    /** A penalty with its factor. */
    public record WeightedPenalty(double factor, LossForm penalty) implements Serializable {
        @Serial
        private static final long serialVersionUID = 1;
    }

    public CompileForm {
        losses = List.copyOf(losses);
        penalties = List.copyOf(penalties);
        frozenLayers = List.copyOf(frozenLayers);
    }

    /**
     * The form of a spec, without seed and threads.
     *
     * @throws dev.lossforge.runtime.ConfigurationException if a loss or penalty that was written by hand cannot travel
     */
    public static CompileForm of(CompileSpec spec) {
        return new CompileForm(
                spec.losses().stream().map(Term::of).toList(),
                spec.reduction(),
                spec.optimizer(),
                spec.hyperparameterRate(),
                spec.penalties().stream()
                        .map(penalty -> new WeightedPenalty(penalty.factor(), LossForm.of(penalty.regularizer())))
                        .toList(),
                spec.clipping(),
                List.copyOf(spec.frozenLayers()));
    }

    /** The options of which this is the form, on this machine. */
    CompileOptions toOptions(Backend backend, int threads) {
        CompileOptions options = CompileOptions.of(
                        optimizer, losses.stream().map(Term::toTerm).toArray(LossTerm[]::new))
                .withReduction(reduction)
                .withHyperparameterRate(hyperparameterRate)
                .withClipping(clipping)
                .withFrozenLayers(frozenLayers.toArray(String[]::new))
                .withThreads(threads)
                .withBackend(backend);
        for (WeightedPenalty penalty : penalties) {
            options = options.withPenalty(penalty.factor(), penalty.penalty().toPenalty());
        }
        return options;
    }
}
