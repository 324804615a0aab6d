package dev.lossforge.samples.mnist;

import static dev.lossforge.dsl.Formulas.logSumExp;

import dev.lossforge.dsl.Loss;
import dev.lossforge.dsl.Prediction;
import dev.lossforge.dsl.Target;

/** The loss of the sample. The build generates {@code SoftmaxCrossEntropyLoss} from its formula. */
final class MnistLosses {
    private MnistLosses() {}

    /** The negative logarithm of the true digit's probability: {@code -log softmax(logits)[label]}, in nats. */
    @Loss
    static float softmaxCrossEntropy(@Prediction float[] logits, @Target int label) {
        return logSumExp(logits) - logits[label];
    }
}
