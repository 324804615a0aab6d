package dev.lossforge.runtime.cpu.internal.layer;

import dev.lossforge.runtime.cpu.internal.kernel.Kernels;
import dev.lossforge.runtime.cpu.internal.kernel.Segments;
import java.util.Arrays;

/** Patches copied from the images, one row of {@code stride} floats each, padded with zeros. */
final class PatchesCopied implements Patches {
    private final Kernels kernels;
    private final Images images;
    private final int[] corners;
    private final Segments lines;
    private final int stride;
    private final float[] values;
    private final float[] gradients;
    private int samples;

    /** Room for {@code samples} samples at a time. */
    PatchesCopied(Kernels kernels, Images images, AffineShape shape, int stride, int samples) {
        this.kernels = kernels;
        this.images = images;
        this.corners = shape.corners(images);
        this.lines = shape.lines(images);
        this.stride = stride;
        this.values = new float[Math.multiplyExact(samples * corners.length, stride) + kernels.lanes()];
        this.gradients = new float[values.length];
    }

    @Override
    public void load(int from, int to) {
        images.load(from, to);
        samples = to - from;
        for (int index = 0; index < samples; index++) {
            kernels.copyRows(images.values(), images.offset(index), corners, lines, values, firstRow(index), stride);
        }
    }

    private int firstRow(int index) {
        return index * corners.length * stride;
    }

    @Override
    public float[] values() {
        return values;
    }

    @Override
    public float[] gradients() {
        return gradients;
    }

    @Override
    public int list(int[] offsets) {
        int count = samples * corners.length;
        for (int row = 0; row < count; row++) {
            offsets[row] = row * stride;
        }
        return count;
    }

    @Override
    public void clearGradients() {
        Arrays.fill(gradients, 0, firstRow(samples), 0);
    }

    @Override
    public void storeGradients() {
        images.clearGradients();
        for (int index = 0; index < samples; index++) {
            for (int row = 0; row < corners.length; row++) {
                addPatch(firstRow(index) + row * stride, images.offset(index) + corners[row]);
            }
        }
        images.storeGradients();
    }

    private void addPatch(int row, int corner) {
        float[] target = images.gradients();
        for (int line = 0; line < lines.count(); line++) {
            int from = row + line * lines.length();
            int to = corner + line * lines.stride();
            for (int t = 0; t < lines.length(); t++) {
                target[to + t] += gradients[from + t];
            }
        }
    }
}
