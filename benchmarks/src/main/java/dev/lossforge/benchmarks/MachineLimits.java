package dev.lossforge.benchmarks;

import dev.lossforge.runtime.cpu.internal.work.Range;
import dev.lossforge.runtime.cpu.internal.work.WorkerTeam;
import java.util.Arrays;

/** What the machine can do at best, measured: multiply-adds in registers, and a triad through memory. */
final class MachineLimits {
    private static final int ROUNDS = 200;
    private static final int POLYNOMIALS = 2048;
    private static final int DEGREE = 16;
    private static final int TRIAD_LENGTH = 1 << 24;

    private MachineLimits() {}

    /** Operations per nanosecond of all workers together, where a multiply-add is two. */
    static double peak(WorkerTeam team) {
        float[][] values = new float[team.size()][POLYNOMIALS];
        long best = Timing.fastest(() -> team.run(worker -> multiplyAdd(values[worker])));
        return 2.0 * DEGREE * POLYNOMIALS * ROUNDS * team.size() / best;
    }

    /** The compiler makes vectors of the elements; the processor overlaps the chains of as many as hide the latency. */
    private static void multiplyAdd(float[] values) {
        for (int round = 0; round < ROUNDS; round++) {
            evaluatePolynomials(values);
        }
    }

    private static void evaluatePolynomials(float[] values) {
        for (int i = 0; i < values.length; i++) {
            float x = values[i];
            float y = x;
            y = Math.fma(y, x, 0.5f);
            y = Math.fma(y, x, 0.5f);
            y = Math.fma(y, x, 0.5f);
            y = Math.fma(y, x, 0.5f);
            y = Math.fma(y, x, 0.5f);
            y = Math.fma(y, x, 0.5f);
            y = Math.fma(y, x, 0.5f);
            y = Math.fma(y, x, 0.5f);
            y = Math.fma(y, x, 0.5f);
            y = Math.fma(y, x, 0.5f);
            y = Math.fma(y, x, 0.5f);
            y = Math.fma(y, x, 0.5f);
            y = Math.fma(y, x, 0.5f);
            y = Math.fma(y, x, 0.5f);
            y = Math.fma(y, x, 0.5f);
            y = Math.fma(y, x, 0.5f);
            values[i] = y;
        }
    }

    /** Bytes per nanosecond of {@code a = b + 3c} on arrays beyond the caches: two read, one written. */
    static double triad(WorkerTeam team) {
        float[] a = new float[TRIAD_LENGTH];
        float[] b = new float[TRIAD_LENGTH];
        float[] c = new float[TRIAD_LENGTH];
        Arrays.fill(b, 1);
        Arrays.fill(c, 2);
        long best = Timing.fastest(() -> team.run(worker -> {
            Range slice = Range.share(TRIAD_LENGTH, worker, team.size());
            addScaled(a, b, c, slice.from(), slice.to());
        }));
        return 3.0 * Float.BYTES * TRIAD_LENGTH / best;
    }

    private static void addScaled(float[] a, float[] b, float[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            a[i] = b[i] + 3 * c[i];
        }
    }
}
