package dev.lossforge.runtime.metric;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.tensor.Data;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.ShapeException;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.List;

/**
 * The share of samples whose largest output is at the correct class. Outputs are {@code [samples, classes]}, logits or
 * probabilities; targets are class indices as ints {@code [samples]}, or one-hot rows as floats {@code [samples,
 * classes]}. Of equal largest outputs the first counts; outputs with a NaN are wrong. Every sample counts the same,
 * whatever its weight in the loss.
 */
public record Accuracy() implements Metric {
    /** The name accuracy is reported under. */
    public static final String NAME = "accuracy";

    public static Accuracy ofClasses() {
        return new Accuracy();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Tally tally() {
        return new CorrectShare();
    }

    private static final class CorrectShare implements Tally {
        private long correct;
        private long samples;

        @Override
        public void add(Tensor outputs, Data targets) {
            int[] expected = classes(outputs, targets);
            int[] predicted = outputs.argMax().array();
            for (int i = 0; i < predicted.length; i++) {
                if (predicted[i] >= 0 && predicted[i] == expected[i]) {
                    correct++;
                }
            }
            samples += predicted.length;
        }

        @Override
        public double value() {
            return samples == 0 ? Double.NaN : (double) correct / samples;
        }

        @Override
        public List<Double> state() {
            return List.of((double) correct, (double) samples);
        }

        @Override
        public void restore(List<Double> state) {
            if (state.size() != 2) {
                throw new ConfigurationException("The saved tally of the accuracy has " + state.size()
                        + " numbers, not 2; resume from another checkpoint.");
            }
            correct = state.get(0).longValue();
            samples = state.get(1).longValue();
        }

        private static int[] classes(Tensor outputs, Data targets) {
            boolean fits = outputs.shape().rank() == 2
                    && switch (targets) {
                        case IntTensor labels -> labels.size() == outputs.samples();
                        case Tensor oneHot -> oneHot.shape().equals(outputs.shape());
                    };
            if (!fits) {
                throw new ShapeException("Accuracy takes outputs [samples, classes] and as targets ints [samples] or"
                        + " floats [samples, classes], but the outputs have the shape " + outputs.shape()
                        + " and the targets " + targets.shape() + ".");
            }
            return switch (targets) {
                case IntTensor labels -> labels.array();
                case Tensor oneHot -> oneHot.argMax().array();
            };
        }
    }
}
