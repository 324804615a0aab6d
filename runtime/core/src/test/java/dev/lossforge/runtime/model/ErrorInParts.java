package dev.lossforge.runtime.model;

import dev.lossforge.runtime.internal.kernel.KernelFrame;
import dev.lossforge.runtime.loss.FormulaLoss;
import dev.lossforge.runtime.loss.LossSignature;
import dev.lossforge.runtime.loss.LossSignature.Scope;
import java.util.List;

/**
 * Names the loss that {@link LinearBackend} computes itself, and computes its two parts: the error of the output for
 * the sample's class, and that of the others.
 */
final class ErrorInParts extends FormulaLoss {
    static final String OWN = "own";
    static final String OTHERS = "others";

    ErrorInParts() {
        super(new LossSignature(
                "errorInParts",
                Scope.SAMPLE,
                List.of(
                        LossSignature.Input.prediction("p", 1),
                        LossSignature.Input.target("label", LossSignature.Input.Type.INT, 0)),
                List.of(),
                false,
                List.of(OWN, OTHERS)));
    }

    @Override
    protected double run(KernelFrame frame, int from, int to) {
        return 0; // the linear backend computes the loss itself
    }

    @Override
    protected double runPart(int part, KernelFrame frame, int from, int to) {
        int length = frame.extent(0, 0);
        double total = 0;
        for (int unit = from; unit < to; unit++) {
            float sum = 0;
            for (int i = 0; i < length; i++) {
                boolean own = i == frame.ints(1)[unit];
                float error = frame.floats(0)[unit * length + i] - (own ? 1 : 0);
                sum += own == (part == 0) ? error * error : 0;
            }
            total += frame.take(unit, sum);
        }
        return total;
    }
}
