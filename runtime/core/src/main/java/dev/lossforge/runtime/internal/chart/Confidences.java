package dev.lossforge.runtime.internal.chart;

import java.util.Arrays;

/** Predictions in bins of the probability that the model gave them: how many there are, and how many are right. */
public final class Confidences {
    static final int BINS = 10;

    private final double[] sums = new double[BINS];
    private final int[] right = new int[BINS];
    private final int[] counts = new int[BINS];

    /**
     * Adds a prediction.
     *
     * @param confidence the probability of what was predicted
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

    /** The share of the bin's predictions that is right; there are some. */
    double accuracy(int bin) {
        return (double) right[bin] / counts[bin];
    }

    /** The mean probability of the bin's predictions; there are some. */
    double confidence(int bin) {
        return sums[bin] / counts[bin];
    }

    /** The mean distance of confidence and accuracy over all predictions (C. Guo et al., ICML 2017). */
    double error() {
        double distances = 0;
        for (int bin = 0; bin < BINS; bin++) {
            distances += Math.abs(right[bin] - sums[bin]);
        }
        return distances / total();
    }
}
