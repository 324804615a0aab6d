package dev.lossforge.runtime.cpu.internal.kernel;

/** Sums of scaled rows, four rows at a time. */
final class PlainRows {
    /** The maximum length of a row; five such rows fit the innermost cache many times. */
    static final int LONGEST = 256;

    private static final ThreadLocal<float[][]> SCRATCH = ThreadLocal.withInitial(() -> new float[5][LONGEST]);

    private PlainRows() {}

    static void addScaledRows(
            float[] target,
            int at,
            float[] source,
            int shift,
            int[] offsets,
            float[] factors,
            int from,
            int to,
            int length) {
        float[][] scratch = SCRATCH.get();
        for (int t = 0; t < length; t += LONGEST) {
            addPiece(
                    scratch,
                    target,
                    at + t,
                    source,
                    shift + t,
                    offsets,
                    factors,
                    from,
                    to,
                    Math.min(LONGEST, length - t));
        }
    }

    private static void addPiece(
            float[][] scratch,
            float[] target,
            int at,
            float[] source,
            int shift,
            int[] offsets,
            float[] factors,
            int from,
            int to,
            int length) {
        float[] sums = scratch[4];
        System.arraycopy(target, at, sums, 0, length);
        int e = from;
        for (; e + 3 < to; e += 4) {
            for (int i = 0; i < 4; i++) {
                System.arraycopy(source, offsets[e + i] + shift, scratch[i], 0, length);
            }
            addFour(sums, scratch, factors[e], factors[e + 1], factors[e + 2], factors[e + 3], length);
        }
        for (; e < to; e++) {
            System.arraycopy(source, offsets[e] + shift, scratch[0], 0, length);
            add(sums, scratch[0], factors[e], length);
        }
        System.arraycopy(sums, 0, target, at, length);
    }

    private static void addFour(float[] sums, float[][] rows, float f0, float f1, float f2, float f3, int length) {
        float[] r0 = rows[0];
        float[] r1 = rows[1];
        float[] r2 = rows[2];
        float[] r3 = rows[3];
        for (int t = 0; t < length; t++) {
            sums[t] += f0 * r0[t] + f1 * r1[t] + f2 * r2[t] + f3 * r3[t];
        }
    }

    private static void add(float[] sums, float[] row, float factor, int length) {
        for (int t = 0; t < length; t++) {
            sums[t] += factor * row[t];
        }
    }
}
