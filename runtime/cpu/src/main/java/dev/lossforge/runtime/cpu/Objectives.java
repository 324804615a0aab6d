package dev.lossforge.runtime.cpu;

import dev.lossforge.runtime.backend.CompileSpec;
import dev.lossforge.runtime.backend.GradientSums;
import dev.lossforge.runtime.backend.Parameter;
import dev.lossforge.runtime.backend.SharePlace;
import dev.lossforge.runtime.cpu.internal.layer.Activations;
import dev.lossforge.runtime.cpu.internal.parameter.ParameterBlock;
import dev.lossforge.runtime.cpu.internal.parameter.ParameterStore;
import dev.lossforge.runtime.data.Batch;
import dev.lossforge.runtime.data.Outputs;
import dev.lossforge.runtime.loss.BoundLoss;
import dev.lossforge.runtime.loss.LossSignature;
import dev.lossforge.runtime.loss.LossSignature.Scope;
import dev.lossforge.runtime.loss.LossTerm;
import dev.lossforge.runtime.loss.Reduction;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleBiFunction;

/** Binds the losses of a model to batches. It owns the memory for gradients that are added to others. */
final class Objectives {
    private final CompileSpec spec;
    private final ParameterStore parameters;
    private final int workers;
    private final List<LossTerm> terms;
    private final Map<String, ParameterBlock> trained = new LinkedHashMap<>();
    private final Map<String, float[]> scratch = new HashMap<>();

    Objectives(CompileSpec spec, ParameterStore parameters, int workers) {
        this.spec = spec;
        this.parameters = parameters;
        this.workers = workers;
        // Losses over the batch come first, so that their gradients are complete when the workers add the others.
        this.terms = spec.losses().stream()
                .sorted(Comparator.comparing(
                        (LossTerm term) -> term.loss().signature().scope() != Scope.BATCH))
                .toList();
        for (Parameter parameter : spec.hyperparameters().keySet()) {
            trained.put(parameter.name(), parameters.layout().block(parameter));
        }
    }

    /** Copies of the trained hyperparameters, by name. */
    Map<String, Tensor> hyperparameters() {
        Map<String, Tensor> values = new LinkedHashMap<>();
        trained.forEach((name, block) -> values.put(name, block.toTensor(parameters.values())));
        return values;
    }

    /**
     * Checks that the losses take these outputs and the batch's targets and weights.
     *
     * @param outputs the outputs, filled before the objective is computed
     * @param places the arrays for the gradients with respect to all outputs; empty if they are not needed
     */
    Objective bind(Outputs outputs, Batch batch, Map<String, Tensor> hyperparameters, Map<String, Activations> places) {
        return bind(outputs, batch, hyperparameters, places, (term, loss) -> loss.divisor(spec.reduction()));
    }

    /**
     * The same for a share of a batch: sums over its samples, which are divided only if the place says by what. A mean
     * within a sample stays a mean, of all its units. {@link GradientSums#divisor} is what is still to be divided by.
     */
    Objective bindShare(
            Outputs outputs,
            Batch share,
            Map<String, Tensor> hyperparameters,
            Map<String, Activations> places,
            SharePlace place) {
        return bind(outputs, share, hyperparameters, places, (term, loss) -> {
            double unitsPerSample = spec.reduction() == Reduction.SUM ? 1 : (double) loss.units() / share.size();
            return place.counts().isEmpty()
                    ? unitsPerSample
                    : unitsPerSample
                            * place.counts().get(spec.losses().indexOf(term)).divisor(spec.reduction());
        });
    }

    private Objective bind(
            Outputs outputs,
            Batch batch,
            Map<String, Tensor> hyperparameters,
            Map<String, Activations> places,
            ToDoubleBiFunction<LossTerm, BoundLoss> divisor) {
        List<ObjectiveTerm> bound = new ArrayList<>();
        Set<String> written = new HashSet<>();
        for (LossTerm term : terms) {
            BoundLoss loss = BoundLoss.of(term.loss(), spec.lossInputs(term, outputs, batch, hyperparameters));
            ObjectiveTerm next = new ObjectiveTerm(
                    term, loss, divisor.applyAsDouble(term, loss), batch.size(), workers, blocks(term));
            if (!places.isEmpty()) {
                wantGradients(next, term, places, written);
            }
            bound.add(next);
        }
        List<float[]> unread = places.entrySet().stream()
                .filter(output -> !written.contains(output.getKey()))
                .map(output -> output.getValue().gradients())
                .toList();
        return new Objective(bound, unread, batch.size());
    }

    private void wantGradients(
            ObjectiveTerm bound, LossTerm term, Map<String, Activations> places, Set<String> written) {
        List<LossSignature.Input> inputs = term.loss().signature().inputs();
        for (int position = 0; position < inputs.size(); position++) {
            if (inputs.get(position).role() == LossSignature.Input.Role.PREDICTION) {
                String output = spec.output(term, inputs.get(position), places.keySet());
                Activations place = places.get(output);
                if (place == null) {
                    throw new IllegalStateException("the output " + output + " has no place");
                }
                float[] sums = place.gradients();
                boolean first = written.add(output);
                bound.wantGradient(position, first ? sums : scratch(term.name() + "/" + position, sums.length), sums);
            }
        }
    }

    private float[] scratch(String owner, int length) {
        float[] kept = scratch.get(owner);
        if (kept == null || kept.length != length) {
            kept = new float[length];
            scratch.put(owner, kept);
        }
        return kept;
    }

    private Map<Integer, ParameterBlock> blocks(LossTerm term) {
        if (trained.isEmpty()) {
            return Map.of();
        }
        Map<Integer, ParameterBlock> blocks = new LinkedHashMap<>();
        List<LossSignature.Input> inputs = term.loss().signature().inputs();
        for (int position = 0; position < inputs.size(); position++) {
            ParameterBlock block = trained.get(
                    CompileSpec.hyperparameterName(term, inputs.get(position).name()));
            if (block != null) {
                blocks.put(position, block);
            }
        }
        return blocks;
    }
}
