package dev.lossforge.runtime.metric;

import dev.lossforge.runtime.tensor.Data;
import dev.lossforge.runtime.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** The expected calibration error; each bin has a weight, a sum of confidences and a number of correct predictions. */
final class CalibrationTally extends SumTally {
    private static final int PER_BIN = 3;

    private final String name;
    private final int bins;

    CalibrationTally(String name, int bins) {
        super(PER_BIN * bins);
        this.name = name;
        this.bins = bins;
    }

    @Override
    public void add(Tensor outputs, Data targets, @Nullable Tensor weights) {
        if (outputs.shape().rank() == 1 || outputs.shape().lastExtent() == 1) {
            addBinary(Values.of(name, outputs, targets, weights));
        } else {
            addClasses(outputs, ClassTargets.of(name, outputs, targets), ClassTargets.weights(name, outputs, weights));
        }
    }

    private void addBinary(Values values) {
        for (int i = 0; i < values.size(); i++) {
            if (values.weight(i) != 0) {
                float logit = values.output(i);
                double confidence = 1 / (1 + Math.exp(-Math.abs(logit)));
                add(confidence, logit > 0 == values.isPositive(name, i), values.weight(i));
            }
        }
    }

    private void addClasses(Tensor outputs, int[] labels, EntryWeights weights) {
        int classes = outputs.shape().lastExtent();
        int[] predicted = outputs.argMax().array();
        for (int i = 0; i < labels.length; i++) {
            double weight = weights.of(i);
            if (weight != 0) {
                add(confidence(outputs.array(), i * classes, classes), predicted[i] == labels[i], weight);
            }
        }
    }

    /** The largest value of the softmax of a row; NaN if it has one. */
    private static double confidence(float[] logits, int from, int classes) {
        double max = Double.NEGATIVE_INFINITY;
        for (int i = from; i < from + classes; i++) {
            max = Math.max(max, logits[i]);
        }
        double sum = 0;
        for (int i = from; i < from + classes; i++) {
            sum += Math.exp(logits[i] - max);
        }
        return 1 / sum;
    }

    /** Adds to a bin; bins are open below and closed above. A NaN makes the error NaN. */
    private void add(double confidence, boolean right, double weight) {
        int bin = (int) Math.clamp(Math.ceil(confidence * bins) - 1, 0, bins - 1.0);
        sums[PER_BIN * bin] += weight;
        sums[PER_BIN * bin + 1] += weight * confidence;
        sums[PER_BIN * bin + 2] += right ? weight : 0;
    }

    @Override
    public double value() {
        double all = 0;
        double error = 0;
        for (int bin = 0; bin < bins; bin++) {
            all += sums[PER_BIN * bin];
            error += Math.abs(sums[PER_BIN * bin + 2] - sums[PER_BIN * bin + 1]);
        }
        return error / all;
    }
}
