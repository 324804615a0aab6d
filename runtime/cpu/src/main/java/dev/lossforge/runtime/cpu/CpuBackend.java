package dev.lossforge.runtime.cpu;

import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.Backend;
import dev.lossforge.runtime.backend.CompileSpec;
import dev.lossforge.runtime.backend.CompiledModel;
import dev.lossforge.runtime.cpu.internal.kernel.KernelSelection;
import dev.lossforge.runtime.data.Batch;
import dev.lossforge.runtime.data.Outputs;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Trains on the processor's cores; runs everywhere. */
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

    @Override
    public Function<Batch, Outputs> predictor(Architecture architecture, Map<String, Tensor> parameters) {
        return new CpuPredictor(architecture, parameters, KernelSelection.fastest());
    }
}
