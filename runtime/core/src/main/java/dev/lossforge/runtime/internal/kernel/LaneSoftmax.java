package dev.lossforge.runtime.internal.kernel;

import java.util.Arrays;

/** Softmaxes of short rows: each lane is a row, each column holds one entry of all rows. */
public final class LaneSoftmax {
    private LaneSoftmax() {}

    /**
     * Computes the exponentials {@code e^(x − max)}, the factor by which they become the softmax, and the excess of
     * log-sum-exp over the maximum, {@code log Σ e^(x − max)}.
     *
     * <p>A NaN makes all results of its row NaN. If the maximum is +∞, the softmax is NaN where x is +∞ and 0
     * elsewhere; if it is −∞, the softmax is NaN; the excess of both is 0.
     *
     * @param columns x; may be the same arrays as {@code exponentials}
     * @param max the greatest value in each lane
     */
    public static void compute(
            float[][] columns, float[] max, float[][] exponentials, float[] factor, float[] excess, int n) {
        float[] below = factor;
        float[] ones = excess;
        Arrays.fill(below, 0, n, 0);
        Arrays.fill(ones, 0, n, -1); // without one of the greatest
        for (int i = 0; i < columns.length; i++) {
            subtract(columns[i], max, exponentials[i], n);
            Blocks.exp(exponentials[i], exponentials[i], n);
            add(exponentials[i], below, ones, n);
        }
        for (int k = 0; k < n; k++) {
            factor[k] = below[k] + ones[k];
        }
        Blocks.log1p(factor, excess, n);
        for (int k = 0; k < n; k++) {
            boolean infinite = Float.isInfinite(max[k]);
            excess[k] = infinite ? 0 : excess[k];
            factor[k] = infinite ? 1 : 1 / (1 + factor[k]);
        }
    }

    private static void subtract(float[] x, float[] y, float[] out, int n) {
        for (int k = 0; k < n; k++) {
            out[k] = x[k] - y[k];
        }
    }

    /** Adds exponentials of at most 1, those of 1 apart: beside one of these the others may be below its last place. */
    private static void add(float[] x, float[] below, float[] ones, int n) {
        for (int k = 0; k < n; k++) {
            float one = (int) x[k];
            below[k] += x[k] - one;
            ones[k] += one;
        }
    }
}
