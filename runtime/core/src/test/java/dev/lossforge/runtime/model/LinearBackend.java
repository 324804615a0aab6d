package dev.lossforge.runtime.model;

import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.Backend;
import dev.lossforge.runtime.backend.CompileSpec;
import dev.lossforge.runtime.backend.CompiledModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The smallest backend that really trains: one dense layer, squared error, plain gradient descent. */
final class LinearBackend implements Backend {
    /** Everything it compiled, oldest first. */
    final List<LinearModel> compiled = new ArrayList<>();

    @Override
    public String name() {
        return "linear";
    }

    @Override
    public int priority() {
        return 0;
    }

    @Override
    public Optional<String> unavailableReason() {
        return Optional.empty();
    }

    @Override
    public CompiledModel compile(Architecture architecture, CompileSpec spec) {
        LinearModel model = new LinearModel(architecture, spec);
        compiled.add(model);
        return model;
    }
}
