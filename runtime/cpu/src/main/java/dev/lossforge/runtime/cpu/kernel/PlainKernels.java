package dev.lossforge.runtime.cpu.kernel;

import java.util.Arrays;

/** The kernels as plain loops over adjacent elements, which the just-in-time compiler turns into vector code by itself. */
final class PlainKernels implements Kernels {
    private static final int LANES = 8;
    private static final int PANEL_WIDTH = 64;

    @Override
    public int lanes() {
        return LANES;
    }

    @Override
    public int panelWidth() {
        return PANEL_WIDTH;
    }

    @Override
    public int pieceLength() {
        return 1024;
    }

    @Override
    public void multiply(float[] a, int[] rows, int count, Segments segments, float[] b, int panels, float[] c) {
        int panelSize = segments.total() * PANEL_WIDTH;
        for (int panel = 0; panel < panels; panel++) {
            for (int row = 0; row < count; row++) {
                int target = (row * panels + panel) * PANEL_WIDTH;
                Arrays.fill(c, target, target + PANEL_WIDTH, 0);
                multiplyRow(a, rows[row], segments, b, panel * panelSize, c, target);
            }
        }
    }

    private static void multiplyRow(float[] a, int row, Segments segments, float[] b, int weights, float[] c, int target) {
        int length = segments.length();
        for (int segment = 0; segment < segments.count(); segment++) {
            int x = row + segment * segments.stride();
            int w = weights + segment * length * PANEL_WIDTH;
            int k = 0;
            for (; k + 3 < length; k += 4) {
                addFour(c, target, b, w + k * PANEL_WIDTH, a[x + k], a[x + k + 1], a[x + k + 2], a[x + k + 3]);
            }
            for (; k < length; k++) {
                add(c, target, b, w + k * PANEL_WIDTH, a[x + k], PANEL_WIDTH);
            }
        }
    }

    /** Four rows of weights at once, which saves three of four loads and stores of the sums. */
    private static void addFour(float[] c, int target, float[] b, int w, float x0, float x1, float x2, float x3) {
        for (int j = 0; j < PANEL_WIDTH; j++) {
            c[target + j] += x0 * b[w + j]
                    + x1 * b[w + PANEL_WIDTH + j]
                    + x2 * b[w + 2 * PANEL_WIDTH + j]
                    + x3 * b[w + 3 * PANEL_WIDTH + j];
        }
    }

    @Override
    public void addScaledRows(
            float[] target, int at, float[] source, int shift, Terms terms, int from, int to, int length) {
        for (int e = from; e < to; e++) {
            add(target, at, source, terms.offsets()[e] + shift, terms.factors()[e], length);
        }
    }

    private static void add(float[] target, int at, float[] source, int x, float factor, int length) {
        for (int t = 0; t < length; t++) {
            target[at + t] += factor * source[x + t];
        }
    }

    @Override
    public void copyRows(
            float[] source, int at, int[] offsets, Segments lines, float[] target, int targetAt, int stride) {
        for (int row = 0; row < offsets.length; row++) {
            int to = targetAt + row * stride;
            for (int line = 0; line < lines.count(); line++) {
                int from = at + offsets[row] + line * lines.stride();
                System.arraycopy(source, from, target, to + line * lines.length(), lines.length());
            }
            Arrays.fill(target, to + lines.total(), to + stride, 0);
        }
    }

    @Override
    public void reduceWindows(
            Windows windows,
            float[] rows,
            int rowsAt,
            int rowStride,
            float[] bias,
            int biasAt,
            boolean relu,
            float[] target,
            int[] winners,
            int targetAt) {
        PlainWindows.reduce(windows, 0, rows, rowsAt, rowStride, bias, biasAt, relu, target, winners, targetAt);
    }
}
