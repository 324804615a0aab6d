package dev.lossforge.runtime.backend;

import dev.lossforge.runtime.layer.Layer.Initializer;
import dev.lossforge.runtime.layer.Layer.ParameterSpec;
import dev.lossforge.runtime.loss.FormulaLoss;
import dev.lossforge.runtime.loss.LossSignature;
import dev.lossforge.runtime.loss.LossTerm;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The trainable hyperparameters of losses as parameters of a model, named as in {@code loss/twoTasks.logVariances}. No
 * layer's parameter has such a name, because a layer's name has no slash.
 */
final class Hyperparameters {
    private static final String PREFIX = "loss/";

    private Hyperparameters() {}

    /** The initial values, in order. */
    static Map<Parameter, Tensor> of(List<LossTerm> losses) {
        Map<Parameter, Tensor> values = new LinkedHashMap<>();
        forEach(losses, (parameter, input, initial) -> values.put(parameter, initial.copy()));
        return values;
    }

    /** Their declarations, in the same order. */
    static Map<Parameter, LossSignature.Input> inputs(List<LossTerm> losses) {
        Map<Parameter, LossSignature.Input> inputs = new LinkedHashMap<>();
        forEach(losses, (parameter, input, initial) -> inputs.put(parameter, input));
        return inputs;
    }

    @FunctionalInterface
    private interface Visitor {
        void visit(Parameter parameter, LossSignature.Input input, Tensor initial);
    }

    private static void forEach(List<LossTerm> losses, Visitor visitor) {
        for (LossTerm term : losses) {
            if (term.loss() instanceof FormulaLoss formula) {
                List<LossSignature.Input> declared = formula.signature().parameters();
                for (int i = 0; i < declared.size(); i++) {
                    if (declared.get(i).trainable() && formula.parameters().get(i) instanceof Tensor initial) {
                        ParameterSpec spec = new ParameterSpec(
                                ParameterSpec.Role.HYPERPARAMETER, initial.shape(), Initializer.ZEROS);
                        visitor.visit(
                                new Parameter(name(term, declared.get(i).name()), spec), declared.get(i), initial);
                    }
                }
            }
        }
    }

    static String name(LossTerm term, String input) {
        return PREFIX + term.name() + "." + input;
    }

    static boolean isOne(String parameter) {
        return parameter.startsWith(PREFIX);
    }

    static List<Parameter> after(List<Parameter> layers, Collection<Parameter> hyperparameters) {
        List<Parameter> all = new ArrayList<>(layers);
        all.addAll(hyperparameters);
        return all;
    }
}
