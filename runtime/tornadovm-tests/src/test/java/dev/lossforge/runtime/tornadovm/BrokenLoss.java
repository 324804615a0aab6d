package dev.lossforge.runtime.tornadovm;

import dev.lossforge.runtime.internal.kernel.KernelFrame;
import dev.lossforge.runtime.loss.FormulaLoss;
import dev.lossforge.runtime.loss.LossSignature;
import dev.lossforge.runtime.loss.LossSignature.Scope;

/** A loss with kernels that TornadoVM cannot compile. */
final class BrokenLoss extends FormulaLoss {
    BrokenLoss() {
        super(LossSignature.of(
                "broken",
                Scope.ELEMENT,
                LossSignature.Input.prediction("p", 0),
                LossSignature.Input.target("y", LossSignature.Input.Type.FLOAT, 0)));
    }

    @Override
    protected double run(KernelFrame frame, int from, int to) {
        return 0;
    }
}
