package dev.lossforge.runtime.cpu;

import dev.lossforge.runtime.backend.CompileSpec;
import dev.lossforge.runtime.backend.Parameter;
import dev.lossforge.runtime.cpu.internal.parameter.ParameterStore;
import dev.lossforge.runtime.loss.LossInput;
import dev.lossforge.runtime.loss.LossTerm;
import java.util.HashMap;
import java.util.Map;

/** The update of trained hyperparameters of losses: with a separate learning rate, within their declared ranges. */
final class Hyperparameters {
    private Hyperparameters() {}

    static void ruleIn(ParameterStore parameters, CompileSpec spec) {
        Map<String, LossInput> declared = new HashMap<>();
        for (LossTerm term : spec.losses()) {
            for (LossInput input : term.loss().signature().parameters()) {
                declared.put(CompileSpec.hyperparameterName(term, input.name()), input);
            }
        }
        for (Parameter parameter : spec.hyperparameters().keySet()) {
            LossInput input = declared.get(parameter.name());
            if (input != null) {
                parameters.rule(
                        parameter,
                        new ParameterStore.Rule(spec.hyperparameterRate(), (float) input.min(), (float) input.max()));
            }
        }
    }
}
