package dev.lossforge.runtime.cpu;

import dev.lossforge.runtime.backend.CompileSpec;
import dev.lossforge.runtime.cpu.internal.parameter.ParameterStore;

/** The update of trained hyperparameters of losses: with a separate learning rate, within their declared ranges. */
final class Hyperparameters {
    private Hyperparameters() {}

    static void ruleIn(ParameterStore parameters, CompileSpec spec) {
        spec.hyperparameterInputs()
                .forEach((parameter, input) -> parameters.rule(
                        parameter,
                        new ParameterStore.Rule(spec.hyperparameterRate(), (float) input.min(), (float) input.max())));
    }
}
