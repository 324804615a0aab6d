package dev.lossforge.benchmarks.serve;

import java.util.stream.IntStream;

/** The limit of memory: {@code a = b + s·c} over arrays of floats, on all processors. */
final class Triad {
    private static final int CHUNK = 1 << 15;

    private final float[] a;
    private final float[] b;
    private final float[] c;

    Triad(int length) {
        a = new float[length];
        b = new float[length];
        c = new float[length];
    }

    /** One pass over the arrays; an entry of the result. */
    double run() {
        IntStream.range(0, (a.length + CHUNK - 1) / CHUNK)
                .parallel()
                .forEach(chunk -> pass(chunk * CHUNK, Math.min(a.length, (chunk + 1) * CHUNK)));
        return a[0];
    }

    private void pass(int from, int to) {
        for (int i = from; i < to; i++) {
            a[i] = b[i] + 3f * c[i];
        }
    }
}
