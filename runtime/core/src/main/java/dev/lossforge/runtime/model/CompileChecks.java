package dev.lossforge.runtime.model;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.Backend;
import dev.lossforge.runtime.backend.BackendException;
import dev.lossforge.runtime.backend.CompileSpec;
import dev.lossforge.runtime.backend.CompiledModel;

/** Checks whether a backend can train a model as requested, and whether a compiled model can be fitted. */
final class CompileChecks {
    private CompileChecks() {}

    static void require(Architecture architecture, Backend backend, CompileSpec spec) {
        architecture.parametersOf(spec.frozenLayers());
        if (!spec.frozenLayers().isEmpty() && !backend.canFreezeLayers()) {
            throw new BackendException(
                    "The backend '" + backend.name() + "' cannot freeze layers; choose the backend 'cpu'.");
        }
        if (!backend.canTrainGraphs() && !(hasTrainableShape(architecture, backend) && spec.isPlain())) {
            String layers = backend.canJoinLayers()
                    ? "layers between one input and one output"
                    : "layers that follow one another";
            throw new BackendException("The backend '" + backend.name() + "' trains " + layers + " with one loss of one"
                    + " prediction and one target, whose hyperparameters are not trained; choose the backend 'cpu'.");
        }
        spec.requireOutputs(architecture);
    }

    private static boolean hasTrainableShape(Architecture architecture, Backend backend) {
        boolean single =
                architecture.inputs().size() == 1 && architecture.outputs().size() == 1;
        return architecture.isChain() || backend.canJoinLayers() && single;
    }

    static void requireLoss(CompiledModel model) {
        if (model.spec().losses().isEmpty()) {
            throw new ConfigurationException("The model was compiled without a loss, for custom steps only; compile it"
                    + " with one: CompileOptions.of(optimizer, loss).");
        }
    }
}
