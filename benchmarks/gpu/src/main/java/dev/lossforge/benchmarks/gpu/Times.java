package dev.lossforge.benchmarks.gpu;

import java.util.Arrays;

/** The median and the fastest of some repetitions, in milliseconds. */
record Times(double median, double fastest) {

    static Times of(double[] milliseconds) {
        double[] sorted = milliseconds.clone();
        Arrays.sort(sorted);
        return new Times(sorted[sorted.length / 2], sorted[0]);
    }
}
