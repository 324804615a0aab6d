package dev.lossforge.runtime.backend;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.data.Batch;
import dev.lossforge.runtime.data.Outputs;
import dev.lossforge.runtime.layer.BatchNorm;
import dev.lossforge.runtime.loss.LossFunction;
import dev.lossforge.runtime.loss.LossInputs;
import dev.lossforge.runtime.loss.LossSignature;
import dev.lossforge.runtime.loss.LossSignature.Scope;
import dev.lossforge.runtime.loss.LossTerm;
import dev.lossforge.runtime.loss.Reduction;
import dev.lossforge.runtime.optimizer.Optimizer;
import dev.lossforge.runtime.optimizer.Optimizer.GradientClipping;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Everything that a training step is compiled from, except the layers.
 *
 * @param losses the terms of the objective; none for a model that is trained only by {@link CompiledModel#step}
 * @param reduction how the samples' losses become the number to minimize; a sum or a mean
 * @param hyperparameterRate the learning rate of the losses' trainable hyperparameters, as a multiple of that of the
 *     layers; finite and above 0
 * @param clipping how gradients are limited before the optimizer sees them; a backend without this clipping refuses to
 *     compile
 * @param frozenLayers the names of the layers whose parameters a step does not change
 * @param seed determines the initial parameters and what dropout drops
 * @param threads how many threads a backend on the CPU uses; the order of float additions, and so the last bits of
 *     every result, may depend on it
 */
public record CompileSpec(
        List<LossTerm> losses,
        Reduction reduction,
        Optimizer optimizer,
        double hyperparameterRate,
        List<Penalty> penalties,
        GradientClipping clipping,
        Set<String> frozenLayers,
        long seed,
        int threads) {

    /** Limit on threads. More would exhaust the memory, or the system's threads, before anything is computed. */
    public static final int MAX_THREADS = 1024;

    public CompileSpec {
        losses = List.copyOf(losses);
        penalties = List.copyOf(penalties);
        frozenLayers = Collections.unmodifiableSet(new LinkedHashSet<>(frozenLayers));
        requireDifferentNames(losses);
        if (reduction == Reduction.NONE) {
            throw new ConfigurationException(
                    "Training needs one number to minimize, but the reduction is NONE; choose SUM or MEAN.");
        }
        if (!(hyperparameterRate > 0) || Double.isInfinite(hyperparameterRate)) {
            throw new ConfigurationException("The learning rate of a loss's hyperparameters is a finite multiple above"
                    + " 0 of that of the layers, but " + hyperparameterRate + " is given.");
        }
        if (hyperparameterRate != 1 && Hyperparameters.inputs(losses).isEmpty()) {
            throw new ConfigurationException("The learning rate of the losses' hyperparameters is "
                    + hyperparameterRate
                    + " times that of the layers, but no loss has a hyperparameter that is trained;"
                    + " mark one with @Param(trainable = true), or set no rate.");
        }
        if (threads < 1 || threads > MAX_THREADS) {
            throw new ConfigurationException(
                    "Training takes from 1 to " + MAX_THREADS + " threads, but " + threads + " were requested.");
        }
    }

    private static void requireDifferentNames(List<LossTerm> losses) {
        Set<String> names = new HashSet<>();
        for (LossTerm term : losses) {
            if (!names.add(term.name())) {
                throw new ConfigurationException(
                        "Two losses are named '" + term.name() + "'; rename one of them with named(…).");
            }
        }
    }

    /**
     * The only loss of a model.
     *
     * @throws ConfigurationException if the model has none or several
     */
    public LossFunction loss() {
        if (losses.size() != 1) {
            throw new ConfigurationException(
                    losses.isEmpty()
                            ? "The model was compiled without a loss; compile it with one."
                            : "The model was compiled with " + losses.size() + " losses, but exactly one is needed.");
        }
        return losses.getFirst().loss();
    }

    /**
     * The inputs of the only loss, for a model with one output.
     *
     * @throws ConfigurationException if the model has several losses
     */
    public LossInputs lossInputs(Tensor outputs, Batch batch) {
        loss();
        return LossSources.inputs(losses.getFirst(), Outputs.of(outputs), batch, Map.of());
    }

    /**
     * The inputs of one of the losses.
     *
     * @param hyperparameters the values of the {@linkplain #hyperparameters trained hyperparameters}; a missing one has
     *     the value from the loss's constructor
     * @throws ConfigurationException if the loss takes a prediction or a target that does not exist
     */
    public LossInputs lossInputs(LossTerm term, Outputs outputs, Batch batch, Map<String, Tensor> hyperparameters) {
        return LossSources.inputs(term, outputs, batch, hyperparameters);
    }

    /**
     * The parts of the losses of a batch, reduced like the loss, by name and in order. With several losses, the name is
     * that of the loss, a dot, and that of the part.
     */
    public Map<String, Double> lossParts(Outputs outputs, Batch batch, Map<String, Tensor> hyperparameters) {
        Map<String, Double> parts = new LinkedHashMap<>();
        for (LossTerm term : losses) {
            if (!term.loss().signature().parts().isEmpty()) {
                term.loss()
                        .parts(lossInputs(term, outputs, batch, hyperparameters), reduction)
                        .forEach((part, value) -> parts.put(partName(term, part), value));
            }
        }
        return parts;
    }

    /** The name under which a part of one of the losses is reported. */
    public String partName(LossTerm term, String part) {
        return losses.size() == 1 ? part : term.name() + "." + part;
    }

    /**
     * Checks that each prediction of each loss is an output of the model.
     *
     * @throws ConfigurationException if one is not
     * @throws dev.lossforge.runtime.tensor.ShapeException if a loss over the batch cannot take an output
     */
    public void requireOutputs(Architecture architecture) {
        losses.forEach(term -> LossSources.requireOutputs(term, architecture));
    }

    /**
     * Checks that shares of a batch can be computed separately, on several machines.
     *
     * @throws ConfigurationException if a loss, or a layer that is not frozen, works on the whole batch
     */
    public void requireShares(Architecture architecture) {
        for (LossTerm term : losses) {
            if (term.loss().signature().scope() == Scope.BATCH) {
                throw new ConfigurationException("The loss " + term.loss().signature()
                        + " is over the whole batch, but each of several machines has only a share; train on one"
                        + " machine.");
            }
        }
        for (LayerNode node : architecture.nodes()) {
            if (isOverBatch(node)) {
                throw new ConfigurationException(
                        "The layer '" + node.name() + "' normalizes over the whole batch, but each"
                                + " of several machines has only a share; freeze it, use LayerNorm, or train on one machine.");
            }
        }
    }

    /** Whether the layer's training output for a sample depends on the other samples of the batch. */
    public boolean isOverBatch(LayerNode node) {
        return node.layer() instanceof BatchNorm && !frozenLayers.contains(node.name());
    }

    /**
     * The name of the output for a prediction of one of the losses.
     *
     * @param outputs the names of all outputs
     * @throws ConfigurationException if no output has that name
     */
    public String output(LossTerm term, LossSignature.Input prediction, Collection<String> outputs) {
        return LossSources.output(term, prediction, outputs);
    }

    /** The hyperparameters of the losses that are trained with the model, with their initial values, in order. */
    public Map<Parameter, Tensor> hyperparameters() {
        return Hyperparameters.of(losses);
    }

    /** The declarations of the {@link #hyperparameters}, in the same order. */
    public Map<Parameter, LossSignature.Input> hyperparameterInputs() {
        return Hyperparameters.inputs(losses);
    }

    /** The name of a loss's trained hyperparameter among all parameters. */
    public static String hyperparameterName(LossTerm term, String input) {
        return Hyperparameters.name(term, input);
    }

    /** Whether a parameter of this name belongs to a loss, not to a layer. */
    public static boolean isHyperparameter(String parameter) {
        return Hyperparameters.isOne(parameter);
    }

    /** Whether there is one loss, of one prediction and one target, whose hyperparameters are not trained. */
    public boolean isPlain() {
        return losses.size() == 1
                && losses.getFirst().weight() == 1
                && loss().signature().dataInputs().size() == 2
                && count(LossSignature.Input.Role.PREDICTION) == 1
                && hyperparameters().isEmpty();
    }

    private long count(LossSignature.Input.Role role) {
        return loss().signature().inputs().stream()
                .filter(input -> input.role() == role)
                .count();
    }

    /** All trained parameters: those of the layers, and the hyperparameters of the losses. */
    public List<Parameter> parameters(Architecture architecture) {
        return Hyperparameters.after(
                architecture.parameters(), hyperparameters().keySet());
    }

    /**
     * Checks that these are values for exactly {@link #parameters}.
     *
     * @throws ConfigurationException if a name is missing or unknown
     * @throws dev.lossforge.runtime.tensor.ShapeException if a shape differs
     */
    public void requireParameters(Architecture architecture, Map<String, Tensor> values) {
        NamedTensors.requireParameters(parameters(architecture), values);
    }

    /**
     * Checks that these are values for exactly the slots that the optimizer keeps for {@link #parameters}.
     *
     * @throws ConfigurationException if a name is missing or unknown
     * @throws dev.lossforge.runtime.tensor.ShapeException if a shape differs
     */
    public void requireSlots(Architecture architecture, Map<String, Tensor> values) {
        NamedTensors.requireSlots(parameters(architecture), optimizer, values);
    }
}
