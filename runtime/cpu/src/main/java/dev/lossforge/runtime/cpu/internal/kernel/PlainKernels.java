package dev.lossforge.runtime.cpu.internal.kernel;

import dev.lossforge.runtime.internal.kernel.Scalars;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The kernels in plain Java, for JVMs without the Vector API.
 *
 * <p>The just-in-time compiler vectorizes a loop only if it can prove that no store changes a later load. In practice,
 * all arrays must be read and written at the same index. The important loops therefore run on short local rows from
 * index 0 on.
 */
final class PlainKernels implements Kernels {
    private static final int LANES = 8;

    private final PatchKernels patches = new PlainPatchKernels();

    @Override
    public int lanes() {
        return LANES;
    }

    @Override
    public int panelWidth() {
        return PlainMultiply.PANEL_WIDTH;
    }

    @Override
    public int pieceLength() {
        return PlainRows.LONGEST;
    }

    @Override
    public void multiply(float[] a, int[] rows, int count, Segments segments, float[] b, int panels, float[] c) {
        PlainMultiply.multiply(a, rows, count, segments, b, panels, c);
    }

    @Override
    public void addScaledRows(
            float[] target, int at, float[] source, int shift, Terms terms, int from, int to, int length) {
        PlainRows.addScaledRows(target, at, source, shift, terms.offsets(), terms.factors(), from, to, length);
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
    public void sigmoid(float[] values, int from, int to) {
        for (int i = from; i < to; i++) {
            values[i] = Scalars.sigmoid(values[i]);
        }
    }

    @Override
    public void tanh(float[] values, int from, int to) {
        for (int i = from; i < to; i++) {
            values[i] = Scalars.tanh(values[i]);
        }
    }

    @Override
    public void apply(ElementFunction function, float[] source, int from, float[] target, int at, int length) {
        for (int i = 0; i < length; i++) {
            target[at + i] = PlainFunctions.value(function, source[from + i]);
        }
    }

    @Override
    public void multiplySlopes(
            ElementFunction function,
            float[] source,
            int from,
            float[] gradients,
            int gradientsFrom,
            float[] target,
            int at,
            int length) {
        for (int i = 0; i < length; i++) {
            target[at + i] = PlainFunctions.slope(function, source[from + i]) * gradients[gradientsFrom + i];
        }
    }

    @Override
    public void rectify(float[] source, int from, float[] target, int at, int length) {
        for (int i = 0; i < length; i++) {
            target[at + i] = Math.max(source[from + i], 0);
        }
    }

    @Override
    public void rectifyBack(float[] gradients, float[] results, int from, float[] target, int at, int length) {
        for (int i = 0; i < length; i++) {
            target[at + i] = results[from + i] == 0 ? 0 : gradients[from + i];
        }
    }

    @Override
    public void addMoments(float[] values, int from, int rows, int channels, double[] sums, int at) {
        PlainElements.addMoments(values, from, rows, channels, 0, sums, at);
    }

    @Override
    public void addProducts(
            float[] gradients,
            int gradientsFrom,
            float[] values,
            int from,
            int rows,
            int channels,
            double[] means,
            double[] sums,
            int at) {
        PlainElements.addProducts(gradients, gradientsFrom, values, from, rows, channels, 0, means, sums, at);
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

    @Override
    public @Nullable QuadKernels quads() {
        return null;
    }

    @Override
    public PatchKernels patches() {
        return patches;
    }
}
