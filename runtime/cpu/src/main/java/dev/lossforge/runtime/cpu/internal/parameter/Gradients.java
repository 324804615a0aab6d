package dev.lossforge.runtime.cpu.internal.parameter;

import java.util.Arrays;

/**
 * One flat gradient array per worker. The workers add to their own arrays. Slices of all arrays are then summed in the
 * order of the workers, so the sum does not depend on which worker was faster.
 */
public final class Gradients {
    /** A number of floats that fits the innermost cache. */
    private static final int BLOCK = 1024;

    private final float[][] perWorker;
    private int used;

    public Gradients(int workers, int size) {
        this.perWorker = new float[workers][size];
        this.used = workers;
    }

    /** Sets how many workers, counted from the first, compute the next gradients. */
    public void use(int workers) {
        used = workers;
    }

    /** The array of one worker. */
    public float[] of(int worker) {
        return perWorker[worker];
    }

    /** The array in which {@link #sum} stores the sums. */
    public float[] total() {
        return perWorker[0];
    }

    public void clear(int worker) {
        Arrays.fill(perWorker[worker], 0);
    }

    /** Sums the elements {@code from} to {@code to - 1} of the arrays of all workers in use. */
    public void sum(int from, int to) {
        for (int block = from; block < to; block += BLOCK) {
            int end = Math.min(block + BLOCK, to);
            for (int worker = 1; worker < used; worker++) {
                add(perWorker[0], perWorker[worker], block, end);
            }
        }
    }

    /** Whether the sums from {@code from} to {@code to - 1} are numbers, neither infinite nor NaN. */
    public boolean isFinite(int from, int to) {
        float max = 0;
        float[] total = perWorker[0];
        for (int i = from; i < to; i++) {
            max = Math.max(max, Math.abs(total[i]));
        }
        return max <= Float.MAX_VALUE;
    }

    private static void add(float[] target, float[] source, int from, int to) {
        for (int i = from; i < to; i++) {
            target[i] += source[i];
        }
    }
}
