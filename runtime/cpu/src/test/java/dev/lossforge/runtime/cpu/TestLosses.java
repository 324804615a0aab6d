package dev.lossforge.runtime.cpu;

import dev.lossforge.runtime.internal.kernel.KernelFrame;
import dev.lossforge.runtime.loss.FormulaLoss;
import dev.lossforge.runtime.loss.FormulaPenalty;
import dev.lossforge.runtime.loss.LossFunction;
import dev.lossforge.runtime.loss.LossSignature;
import dev.lossforge.runtime.loss.LossSignature.Scope;
import dev.lossforge.runtime.loss.PenaltyFunction;
import java.util.Arrays;

/** Losses of each scope, as the annotation processor would make them but written by hand. */
final class TestLosses {
    private TestLosses() {}

    /** {@code log(sum(exp(logits))) - logits[label]}. */
    static LossFunction softmaxCrossEntropy() {
        LossSignature signature = LossSignature.of(
                "softmaxCrossEntropy",
                Scope.SAMPLE,
                LossSignature.Input.prediction("logits", 1),
                LossSignature.Input.target("label", LossSignature.Input.Type.INT, 0));
        return new FormulaLoss(signature) {
            @Override
            protected double run(KernelFrame frame, int from, int to) {
                int classes = frame.unitSize(0);
                frame.requireIndices(1, "label", classes, from, to);
                double sum = 0;
                for (int unit = from; unit < to; unit++) {
                    sum += frame.weight(unit) * crossEntropy(frame, unit, classes);
                }
                return sum;
            }
        };
    }

    private static double crossEntropy(KernelFrame frame, int unit, int classes) {
        float[] logits = frame.floats(0);
        float[] gradient = frame.gradient(0);
        int first = unit * classes;
        if (frame.weight(unit) == 0) {
            if (gradient != null) {
                Arrays.fill(gradient, first, first + classes, 0);
            }
            return 0;
        }
        int label = first + frame.ints(1)[unit];
        double sum = 0;
        for (int i = first; i < first + classes; i++) {
            sum += Math.exp(logits[i] - logits[label]);
        }
        for (int i = first; gradient != null && i < first + classes; i++) {
            double probability = Math.exp(logits[i] - logits[label]) / sum;
            gradient[i] = (float) (frame.scale(unit) * (probability - (i == label ? 1 : 0)));
        }
        return Math.log(sum);
    }

    /** {@code (y - p)²}, with the target declared first. */
    static LossFunction squaredError() {
        LossSignature signature = LossSignature.of(
                "squaredError",
                Scope.ELEMENT,
                LossSignature.Input.target("y", LossSignature.Input.Type.FLOAT, 0),
                LossSignature.Input.prediction("p", 0));
        return new FormulaLoss(signature) {
            @Override
            protected double run(KernelFrame frame, int from, int to) {
                double sum = 0;
                for (int unit = from; unit < to; unit++) {
                    float residual = frame.floats(1)[unit] - frame.floats(0)[unit];
                    sum += frame.weight(unit) * residual * residual;
                    float[] gradient = frame.gradient(1);
                    if (gradient != null) {
                        gradient[unit] = frame.scale(unit) * 2 * residual;
                    }
                }
                return sum;
            }
        };
    }

    /** {@code sum((p - y)²)} over the batch. */
    static LossFunction totalSquaredError() {
        LossSignature signature = LossSignature.of(
                "totalSquaredError",
                Scope.BATCH,
                LossSignature.Input.prediction("p", 2),
                LossSignature.Input.target("y", LossSignature.Input.Type.FLOAT, 2));
        return new FormulaLoss(signature) {
            @Override
            protected double run(KernelFrame frame, int from, int to) {
                double sum = 0;
                float[] gradient = frame.gradient(0);
                for (int i = 0; i < frame.unitSize(0); i++) {
                    float residual = frame.floats(0)[i] - frame.floats(1)[i];
                    sum += residual * residual;
                    if (gradient != null) {
                        gradient[i] = frame.scale() * 2 * residual;
                    }
                }
                return sum;
            }
        };
    }

    /** {@code w²}. */
    static PenaltyFunction squaredWeights() {
        LossSignature signature =
                LossSignature.of("squaredWeights", Scope.ELEMENT, LossSignature.Input.prediction("w", 0));
        return new FormulaPenalty(signature) {
            @Override
            protected double run(KernelFrame frame, int from, int to) {
                double sum = 0;
                float[] gradient = frame.gradient(0);
                for (int unit = from; unit < to; unit++) {
                    float weight = frame.floats(0)[unit];
                    sum += (double) weight * weight;
                    if (gradient != null) {
                        gradient[unit] = frame.scale(unit) * 2 * weight;
                    }
                }
                return sum;
            }
        };
    }
}
