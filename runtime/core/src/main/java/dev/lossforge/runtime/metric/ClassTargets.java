package dev.lossforge.runtime.metric;

import dev.lossforge.runtime.data.DataException;
import dev.lossforge.runtime.tensor.Data;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.ShapeException;
import dev.lossforge.runtime.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** The classes of samples, given as indices or as one-hot rows. */
final class ClassTargets {
    private ClassTargets() {}

    /** @throws ShapeException if the outputs are not rows of at least two classes, or the targets do not match them */
    static int[] of(String metric, Tensor outputs, Data targets) {
        if (outputs.shape().rank() == 1
                || outputs.shape().rank() > 1 && outputs.shape().lastExtent() == 1) {
            throw new ShapeException(
                    "The metric '" + metric + "' compares the outputs of several classes, but there is one"
                            + " output per sample, shape " + outputs.shape()
                            + "; for two classes separated by one output, use Metrics.binaryAccuracy(0), or 0.5 if it"
                            + " is a probability.");
        }
        boolean fits = outputs.shape().rank() >= 2
                && switch (targets) {
                    case IntTensor labels ->
                        labels.samples() == outputs.samples()
                                && labels.size()
                                        == outputs.size() / outputs.shape().lastExtent();
                    case Tensor oneHot -> oneHot.shape().equals(outputs.shape());
                };
        if (!fits) {
            throw new ShapeException("The metric '" + metric + "' takes outputs [samples, …, classes] and as targets"
                    + " ints [samples, …] or floats [samples, …, classes], but the outputs have the shape "
                    + outputs.shape()
                    + " and the targets " + targets.shape() + ".");
        }
        return switch (targets) {
            case IntTensor labels -> labels.array();
            case Tensor oneHot -> oneHot.argMax().array();
        };
    }

    /** The weight of each row of outputs. */
    static EntryWeights weights(String metric, Tensor outputs, @Nullable Tensor weights) {
        return EntryWeights.of(metric, weights, outputs.shape().withoutLast());
    }

    /** As {@link #of}, and checks that the class of each sample that counts is among the outputs. */
    static int[] within(String metric, Tensor outputs, Data targets, @Nullable Tensor weights, int classes) {
        int[] labels = of(metric, outputs, targets);
        if (outputs.shape().lastExtent() != classes) {
            throw new ShapeException("The metric '" + metric + "' has " + classes
                    + " classes, but the outputs have the shape " + outputs.shape() + ".");
        }
        EntryWeights ofLabels = weights(metric, outputs, weights);
        for (int i = 0; i < labels.length; i++) {
            boolean counts = ofLabels.of(i) != 0;
            if (counts && (labels[i] < 0 || labels[i] >= classes)) {
                throw new DataException("The metric '" + metric + "' got the class " + labels[i] + ", but the "
                        + classes + " classes are numbered 0 to " + (classes - 1) + ".");
            }
        }
        return labels;
    }
}
