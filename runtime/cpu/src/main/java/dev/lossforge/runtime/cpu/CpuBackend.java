package dev.lossforge.runtime.cpu;

import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.Backend;
import dev.lossforge.runtime.backend.BackendException;
import dev.lossforge.runtime.backend.CompileSpec;
import dev.lossforge.runtime.backend.CompiledModel;
import dev.lossforge.runtime.loss.LossFunction;
import dev.lossforge.runtime.loss.LossInput;
import dev.lossforge.runtime.loss.Scope;
import dev.lossforge.runtime.tensor.ShapeException;
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
    public CompiledModel compile(Architecture architecture, CompileSpec spec) {
        requireLossOfOneOutput(architecture, spec.loss());
        return new CpuModel(architecture, spec);
    }

    /** A sequential model has one output, and training data one target: a loss of just these can be trained with. */
    private static void requireLossOfOneOutput(Architecture architecture, LossFunction loss) {
        long predictions = loss.signature().dataInputs().stream()
                .filter(input -> input.role() == LossInput.Role.PREDICTION)
                .count();
        long targets = loss.signature().dataInputs().size() - predictions;
        if (predictions != 1 || targets != 1) {
            throw new BackendException("The loss " + loss.signature() + " takes " + predictions + " predictions and "
                    + targets + " targets, but a sequential model makes one prediction and its data has one target.");
        }
        if (loss.signature().scope() == Scope.BATCH
                && architecture.outputShape().rank() != 1) {
            throw new ShapeException("The loss " + loss.signature()
                    + " takes one row of predictions per sample, but the model's output has the shape "
                    + architecture.outputShape() + "; end the model with a Flatten layer.");
        }
    }
}
