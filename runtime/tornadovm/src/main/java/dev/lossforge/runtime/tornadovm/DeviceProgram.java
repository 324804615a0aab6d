package dev.lossforge.runtime.tornadovm;

import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.CompileSpec;
import dev.lossforge.runtime.tornadovm.internal.kernel.DeviceKernels;
import dev.lossforge.runtime.tornadovm.internal.training.PenaltyTerm;
import java.util.List;

/**
 * Everything that a model's plans are built from.
 *
 * @param kernels the kernels of the loss
 * @param penalties the terms of the spec's penalties, with their kernels
 */
record DeviceProgram(
        Architecture architecture,
        CompileSpec spec,
        Device device,
        DeviceKernels kernels,
        List<PenaltyTerm> penalties) {

    /** The name of the work in messages. */
    String work() {
        return "the training with the loss " + spec.loss().signature();
    }
}
