package dev.lossforge.runtime.tornadovm;

import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.CompileSpec;
import dev.lossforge.runtime.loss.LossTerm;
import dev.lossforge.runtime.tornadovm.internal.kernel.DeviceKernels;
import dev.lossforge.runtime.tornadovm.internal.training.PenaltyTerm;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Everything that a model's plans are built from.
 *
 * @param kernels the kernels of each loss
 * @param penalties the terms of the spec's penalties, with their kernels
 */
record DeviceProgram(
        Architecture architecture,
        CompileSpec spec,
        Device device,
        List<DeviceKernels> kernels,
        List<PenaltyTerm> penalties) {

    DeviceProgram {
        kernels = List.copyOf(kernels);
        penalties = List.copyOf(penalties);
    }

    /**
     * The program of a model.
     *
     * @throws dev.lossforge.runtime.backend.BackendException if a loss or a penalty has no kernels
     */
    static DeviceProgram of(Architecture architecture, CompileSpec spec, Device device) {
        return new DeviceProgram(
                architecture,
                spec,
                device,
                spec.losses().stream()
                        .map(term -> GeneratedKernels.of(term.loss()))
                        .toList(),
                PenaltyTerm.of(spec.penalties(), architecture, GeneratedKernels::of));
    }

    /** The name of the work in messages. */
    String work() {
        List<LossTerm> losses = spec.losses();
        return losses.stream()
                .map(term -> term.loss().signature().toString())
                .collect(Collectors.joining(
                        ", ", "the training with the loss" + (losses.size() == 1 ? " " : "es "), ""));
    }
}
