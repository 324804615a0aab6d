package dev.lossforge.runtime.cpu.internal.layer;

import dev.lossforge.runtime.internal.Window;
import java.util.Arrays;

/** The images as stored in the layer's input. This requires that no patch crosses their edges. */
final class InputImages implements Images {
    private final Place input;
    private final int lineStride;
    private int from;
    private int to;

    InputImages(Place input, Window kernel) {
        this.input = input;
        this.lineStride = kernel.inputWidth() * kernel.channels();
    }

    @Override
    public void choose(int from, int to) {
        load(from, to);
    }

    @Override
    public void load(int from, int to) {
        this.from = from;
        this.to = to;
    }

    @Override
    public float[] values() {
        return input.values();
    }

    @Override
    public float[] gradients() {
        return input.gradients();
    }

    @Override
    public int offset(int index) {
        return (from + index) * input.stride();
    }

    @Override
    public int lineStride() {
        return lineStride;
    }

    @Override
    public int padLeft() {
        return 0;
    }

    @Override
    public int padTop() {
        return 0;
    }

    @Override
    public void clearGradients() {
        Arrays.fill(input.gradients(), from * input.stride(), to * input.stride(), 0);
    }

    @Override
    public void storeGradients() {
        // The gradients were added up in place.
    }
}
