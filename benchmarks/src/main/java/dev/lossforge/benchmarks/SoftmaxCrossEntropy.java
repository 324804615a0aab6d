package dev.lossforge.benchmarks;

import dev.lossforge.runtime.kernel.KernelFrame;
import dev.lossforge.runtime.loss.GeneratedLoss;
import dev.lossforge.runtime.loss.LossInput;
import dev.lossforge.runtime.loss.LossSignature;
import dev.lossforge.runtime.loss.Scope;

/**
 * {@code logSumExp(logits) - logits[label]}, written by hand: the part of a training step that is not the backend's.
 */
final class SoftmaxCrossEntropy extends GeneratedLoss {

    SoftmaxCrossEntropy() {
        super(LossSignature.of(
                "softmaxCrossEntropy",
                Scope.SAMPLE,
                LossInput.prediction("logits", 1),
                LossInput.target("label", LossInput.Type.INT, 0)));
    }

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

    private static double crossEntropy(KernelFrame frame, int unit, int classes) {
        float[] logits = frame.floats(0);
        int first = unit * classes;
        int label = first + frame.ints(1)[unit];
        float greatest = logits[first];
        for (int i = first; i < first + classes; i++) {
            greatest = Math.max(greatest, logits[i]);
        }
        double sum = 0;
        for (int i = first; i < first + classes; i++) {
            sum += Math.exp(logits[i] - greatest);
        }
        float[] gradient = frame.gradient(0);
        for (int i = first; gradient != null && i < first + classes; i++) {
            double probability = Math.exp(logits[i] - greatest) / sum;
            gradient[i] = (float) (frame.scale(unit) * (probability - (i == label ? 1 : 0)));
        }
        return Math.log(sum) + greatest - logits[label];
    }
}
