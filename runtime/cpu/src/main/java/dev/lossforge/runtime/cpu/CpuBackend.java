package dev.lossforge.runtime.cpu;

import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.Backend;
import dev.lossforge.runtime.backend.CompileSpec;
import dev.lossforge.runtime.backend.CompiledModel;
import java.util.Optional;

/** Trains on the processor's cores; can run everywhere. */
public final class CpuBackend implements Backend {

    @Override
    public String name() {
        return "cpu";
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
    public boolean canFreezeLayers() {
        return true;
    }

    @Override
    public boolean canTrainGraphs() {
        return true;
    }

    @Override
    public CompiledModel compile(Architecture architecture, CompileSpec spec) {
        spec.requireOutputs(architecture);
        return new CpuModel(architecture, spec);
    }
}
