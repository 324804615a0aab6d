package dev.lossforge.runtime.cpu.internal.layer;

import dev.lossforge.runtime.internal.Window;
import java.util.Arrays;

/** Copies of the images with a border of zeros that is wide enough for every patch. */
final class PaddedImages implements Images {
    private final Place input;
    private final Window kernel;
    private final int inputLine;
    private final int lineStride;
    private final int size;
    private final float[] values;
    private final float[] gradients;
    private int from;
    private int to;

    /** Reserves room for {@code samples} samples at a time, and for {@code excess} floats after the last. */
    PaddedImages(Place input, Window kernel, int samples, int excess) {
        this.input = input;
        this.kernel = kernel;
        this.inputLine = kernel.inputWidth() * kernel.channels();
        int height = Math.max(
                kernel.padTop() + kernel.inputHeight(),
                (kernel.outputHeight() - 1) * kernel.strideHeight() + kernel.kernelHeight());
        int width = Math.max(
                kernel.padLeft() + kernel.inputWidth(),
                (kernel.outputWidth() - 1) * kernel.strideWidth() + kernel.kernelWidth());
        this.lineStride = width * kernel.channels();
        this.size = Math.multiplyExact(height, lineStride);
        this.values = new float[Math.multiplyExact(samples, size) + excess];
        this.gradients = new float[values.length];
    }

    @Override
    public void choose(int from, int to) {
        this.from = from;
        this.to = to;
    }

    @Override
    public void load(int from, int to) {
        choose(from, to);
        for (int sample = from; sample < to; sample++) {
            for (int y = 0; y < kernel.inputHeight(); y++) {
                System.arraycopy(
                        input.values(), inputOffset(sample, y), values, innerOffset(sample - from, y), inputLine);
            }
        }
    }

    private int inputOffset(int sample, int y) {
        return sample * input.stride() + y * inputLine;
    }

    private int innerOffset(int index, int y) {
        return index * size + (y + kernel.padTop()) * lineStride + kernel.padLeft() * kernel.channels();
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
    public int offset(int index) {
        return index * size;
    }

    @Override
    public int lineStride() {
        return lineStride;
    }

    @Override
    public int padLeft() {
        return kernel.padLeft();
    }

    @Override
    public int padTop() {
        return kernel.padTop();
    }

    @Override
    public void clearGradients() {
        Arrays.fill(gradients, 0, (to - from) * size, 0);
    }

    @Override
    public void storeGradients() {
        for (int sample = from; sample < to; sample++) {
            for (int y = 0; y < kernel.inputHeight(); y++) {
                System.arraycopy(
                        gradients, innerOffset(sample - from, y), input.gradients(), inputOffset(sample, y), inputLine);
            }
        }
    }
}
