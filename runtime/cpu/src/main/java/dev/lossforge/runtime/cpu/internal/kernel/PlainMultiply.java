package dev.lossforge.runtime.cpu.internal.kernel;

import java.util.Arrays;

/** Matrix multiplication that adds four rows of weights at a time to the rows of the result. */
final class PlainMultiply {
    static final int PANEL_WIDTH = 32;

    /** The number of rows of the result that are computed together and share the copies of the weights. */
    private static final int BLOCK_ROWS = 48;

    private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

    private PlainMultiply() {}

    /** One thread's rows, each in its own array so that all are indexed alike. */
    private static final class Scratch {
        private final float[][] sums = new float[BLOCK_ROWS][PANEL_WIDTH];
        private final float[][] weights = new float[4][PANEL_WIDTH];
    }

    static void multiply(float[] a, int[] rows, int count, Segments segments, float[] b, int panels, float[] c) {
        Scratch scratch = SCRATCH.get();
        int panelSize = segments.total() * PANEL_WIDTH;
        for (int panel = 0; panel < panels; panel++) {
            for (int first = 0; first < count; first += BLOCK_ROWS) {
                int end = Math.min(first + BLOCK_ROWS, count);
                sumBlock(scratch, a, rows, first, end, segments, b, panel * panelSize);
                for (int row = first; row < end; row++) {
                    System.arraycopy(
                            scratch.sums[row - first], 0, c, (row * panels + panel) * PANEL_WIDTH, PANEL_WIDTH);
                }
            }
        }
    }

    private static void sumBlock(
            Scratch scratch, float[] a, int[] rows, int first, int end, Segments segments, float[] b, int panel) {
        for (int row = first; row < end; row++) {
            Arrays.fill(scratch.sums[row - first], 0);
        }
        int length = segments.length();
        for (int segment = 0; segment < segments.count(); segment++) {
            int shift = segment * segments.stride();
            int weights = panel + segment * length * PANEL_WIDTH;
            for (int k = 0; k < length; k += 4) {
                int present = Math.min(4, length - k);
                loadWeights(scratch, b, weights + k * PANEL_WIDTH, present);
                for (int row = first; row < end; row++) {
                    addInputs(scratch, row - first, a, rows[row] + shift + k, present);
                }
            }
        }
    }

    private static void loadWeights(Scratch scratch, float[] b, int at, int present) {
        for (int i = 0; i < present; i++) {
            System.arraycopy(b, at + i * PANEL_WIDTH, scratch.weights[i], 0, PANEL_WIDTH);
        }
    }

    private static void addInputs(Scratch scratch, int row, float[] a, int x, int present) {
        float[] sums = scratch.sums[row];
        if (present == 4) {
            addFour(sums, scratch.weights, a[x], a[x + 1], a[x + 2], a[x + 3]);
        } else {
            for (int i = 0; i < present; i++) {
                add(sums, scratch.weights[i], a[x + i]);
            }
        }
    }

    private static void addFour(float[] sums, float[][] weights, float x0, float x1, float x2, float x3) {
        float[] w0 = weights[0];
        float[] w1 = weights[1];
        float[] w2 = weights[2];
        float[] w3 = weights[3];
        for (int j = 0; j < PANEL_WIDTH; j++) {
            sums[j] += x0 * w0[j] + x1 * w1[j] + x2 * w2[j] + x3 * w3[j];
        }
    }

    private static void add(float[] sums, float[] weights, float x) {
        for (int j = 0; j < PANEL_WIDTH; j++) {
            sums[j] += x * weights[j];
        }
    }
}
