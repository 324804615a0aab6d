package dev.lossforge.runtime.backend;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.data.Batch;
import dev.lossforge.runtime.data.Outputs;
import dev.lossforge.runtime.loss.LossInputs;
import dev.lossforge.runtime.loss.LossSignature;
import dev.lossforge.runtime.loss.LossSignature.Scope;
import dev.lossforge.runtime.loss.LossTerm;
import dev.lossforge.runtime.tensor.Data;
import dev.lossforge.runtime.tensor.Shape;
import dev.lossforge.runtime.tensor.ShapeException;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/** Finds the model's outputs and the data's targets for the inputs of a loss. */
final class LossSources {
    private LossSources() {}

    static LossInputs inputs(LossTerm term, Outputs outputs, Batch batch, Map<String, Tensor> hyperparameters) {
        List<Data> data = new ArrayList<>();
        Set<String> targets = new LinkedHashSet<>();
        for (LossSignature.Input input : term.loss().signature().dataInputs()) {
            if (input.role() == LossSignature.Input.Role.PREDICTION) {
                data.add(outputs.get(output(term, input, outputs.named().sequencedKeySet())));
            } else {
                String target = target(term, input, batch.namedTargets());
                targets.add(target);
                data.add(batch.target(target));
            }
        }
        LossInputs inputs = LossInputs.of(data.toArray(Data[]::new))
                .withWeights(batch.weighting().weights(targets))
                .withMask(batch.weighting().mask(targets));
        for (LossSignature.Input input : term.loss().signature().parameters()) {
            Tensor value = hyperparameters.get(Hyperparameters.name(term, input.name()));
            if (input.trainable() && value != null) {
                inputs = inputs.and(input.name(), value);
            }
        }
        return inputs;
    }

    /** The name of the output for a prediction. */
    static String output(LossTerm term, LossSignature.Input input, Collection<String> outputs) {
        String source = term.source(input);
        if (outputs.contains(source)) {
            return source;
        }
        if (isOnly(term, input, outputs.size())) {
            return outputs.iterator().next();
        }
        throw new ConfigurationException("The loss " + term.loss().signature() + " takes the prediction '" + source
                + "', but the model's outputs are named " + String.join(", ", outputs)
                + "; rename an output, or select one: LossTerm.of(loss).from(\"" + input.name()
                + "\", OUTPUT).");
    }

    /** The name of the data's target for a target of the loss. */
    private static String target(LossTerm term, LossSignature.Input input, SequencedMap<String, Data> targets) {
        String source = term.source(input);
        if (targets.containsKey(source)) {
            return source;
        }
        if (isOnly(term, input, targets.size())) {
            return targets.firstEntry().getKey();
        }
        throw new ConfigurationException("The loss " + term.loss().signature() + " takes the target '" + source
                + "', but the data has "
                + (targets.isEmpty() ? "no targets" : "the targets " + String.join(", ", targets.keySet()))
                + "; rename a target, or select one: LossTerm.of(loss).from(\"" + input.name() + "\", TARGET).");
    }

    /** Whether an input needs no name: the loss has one input of its kind, one exists, and no other was requested. */
    private static boolean isOnly(LossTerm term, LossSignature.Input input, int sources) {
        long alike = term.loss().signature().inputs().stream()
                .filter(other -> other.role() == input.role())
                .count();
        return alike == 1 && sources == 1 && !term.sources().containsKey(input.name());
    }

    static void requireOutputs(LossTerm term, Architecture architecture) {
        Map<String, Shape> outputs = architecture.outputs();
        for (LossSignature.Input input : term.loss().signature().inputs()) {
            if (input.role() == LossSignature.Input.Role.PREDICTION) {
                String output = output(term, input, outputs.keySet());
                Shape shape = outputs.getOrDefault(output, Shape.scalar());
                if (term.loss().signature().scope() == Scope.BATCH && shape.rank() != 1) {
                    throw new ShapeException("The loss " + term.loss().signature()
                            + " takes one row of predictions per sample, but the model's output has the shape " + shape
                            + "; end the model with a Flatten layer.");
                }
                if (term.loss().signature().scope() == Scope.SAMPLE && input.rank() == 2 && shape.rank() != 2) {
                    throw new ShapeException("The loss " + term.loss().signature()
                            + " takes one matrix of predictions per sample, but the model's output has the shape "
                            + shape + "; give the model an output of two axes, [rows, columns].");
                }
            }
        }
    }
}
