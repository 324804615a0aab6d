package dev.lossforge.runtime.internal.chart;

import java.util.Arrays;

/** Counts of predictions and of correct predictions, in bins of the probability that the model assigned to them. */
public final class Confidences {
    static final int BINS = 10;

    private final double[] sums = new double[BINS];
    private final int[] right = new int[BINS];
    private final int[] counts = new int[BINS];

    /**
     * Adds a prediction.
     *
     * @param confidence the probability that the model assigned to the predicted class
     */
    public void add(double confidence, boolean isRight) {
        int bin = (int) Math.clamp(Math.ceil(confidence * BINS) - 1, 0, BINS - 1.0);
        sums[bin] += confidence;
        right[bin] += isRight ? 1 : 0;
        counts[bin]++;
    }

    int count(int bin) {
        return counts[bin];
    }

    int right(int bin) {
        return right[bin];
    }

    int total() {
        return Arrays.stream(counts).sum();
    }

    /** The share of correct predictions in a bin, which must not be empty. */
    double accuracy(int bin) {
        return (double) right[bin] / counts[bin];
    }

    /** The mean confidence of the predictions in a bin, which must not be empty. */
    double confidence(int bin) {
        return sums[bin] / counts[bin];
    }

    /**
     * The expected calibration error: the distance between confidence and accuracy, averaged over all predictions (C.
     * Guo et al., ICML 2017).
     */
    double error() {
        double distances = 0;
        for (int bin = 0; bin < BINS; bin++) {
            distances += Math.abs(right[bin] - sums[bin]);
        }
        return distances / total();
    }
}
