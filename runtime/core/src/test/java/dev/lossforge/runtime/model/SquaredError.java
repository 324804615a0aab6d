package dev.lossforge.runtime.model;

import dev.lossforge.runtime.internal.kernel.KernelFrame;
import dev.lossforge.runtime.loss.FormulaLoss;
import dev.lossforge.runtime.loss.FormulaPenalty;
import dev.lossforge.runtime.loss.LossSignature;
import dev.lossforge.runtime.loss.LossSignature.Scope;
import dev.lossforge.runtime.loss.PenaltyFunction;

/** Names the loss that {@link LinearBackend} computes itself. */
public final class SquaredError extends FormulaLoss {

    public SquaredError() {
        super(LossSignature.of(
                "squaredError",
                Scope.ELEMENT,
                LossSignature.Input.prediction("p", 0),
                LossSignature.Input.target("y", LossSignature.Input.Type.FLOAT, 0)));
    }

    @Override
    protected double run(KernelFrame frame, int from, int to) {
        throw new UnsupportedOperationException("the linear backend computes the loss itself");
    }

    /** A regulariser that is only named. */
    public static PenaltyFunction squaresOfWeights() {
        return new FormulaPenalty(LossSignature.of("squares", Scope.ELEMENT, LossSignature.Input.prediction("w", 0))) {
            @Override
            protected double run(KernelFrame frame, int from, int to) {
                throw new UnsupportedOperationException("only the name is used");
            }
        };
    }
}
