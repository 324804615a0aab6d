package dev.lossforge.runtime.cpu;

import dev.lossforge.runtime.internal.kernel.KernelFrame;
import dev.lossforge.runtime.loss.FormulaLoss;
import dev.lossforge.runtime.loss.LossFunction;
import dev.lossforge.runtime.loss.LossSignature;
import dev.lossforge.runtime.loss.LossSignature.Scope;
import java.util.Arrays;

/** Losses that do not take all data. */
final class RestrictedLosses {
    private RestrictedLosses() {}

    /** The squared distance of each prediction from that of the sample before, over pairs: 0/0 of a single sample. */
    static LossFunction pairs() {
        return pairs(LossSignature.of("pairs", Scope.BATCH, LossSignature.Input.prediction("p", 2)));
    }

    static LossFunction pairs(LossSignature signature) {
        return new FormulaLoss(signature) {
            @Override
            protected double run(KernelFrame frame, int from, int to) {
                int samples = frame.extent(0, 0);
                float[] p = frame.floats(0);
                float[] gradient = frame.gradient(0);
                if (gradient != null) {
                    Arrays.fill(gradient, 0, samples, 0);
                }
                double sum = 0;
                for (int i = 1; i < samples; i++) {
                    float difference = p[i] - p[i - 1];
                    sum += difference * difference;
                    if (gradient != null) {
                        gradient[i] += frame.scale() * 2 * difference / (samples - 1);
                        gradient[i - 1] -= frame.scale() * 2 * difference / (samples - 1);
                    }
                }
                return sum / (samples - 1);
            }
        };
    }

    /** {@code ½(p − y)²} of targets from 0 to 0.1. */
    static LossFunction bounded() {
        LossSignature signature = LossSignature.of(
                "bounded",
                Scope.ELEMENT,
                LossSignature.Input.prediction("p", 0),
                LossSignature.Input.target("y", LossSignature.Input.Type.FLOAT, 0)
                        .between(0, 0.1));
        return new FormulaLoss(signature) {
            @Override
            protected double run(KernelFrame frame, int from, int to) {
                double sum = 0;
                for (int i = from; i < to; i++) {
                    float difference = frame.floats(0)[i] - frame.floats(1)[i];
                    sum += frame.weight(i) * 0.5 * difference * difference;
                    float[] gradient = frame.gradient(0);
                    if (gradient != null) {
                        gradient[i] = frame.scale(i) * difference;
                    }
                }
                return sum;
            }
        };
    }
}
