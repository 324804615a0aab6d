package dev.lossforge.runtime.cpu.internal.layer;

import java.util.Arrays;

/**
 * A range of entries of the last axis. All other entries have no gradient.
 *
 * @param first the first entry
 * @param count the number of entries
 * @param rows the product of the other extents
 */
record Columns(Activations input, Activations output, int first, int count, int rows) implements Operation {

    @Override
    public void reserve(int samples) {
        output.reserve(samples);
    }

    @Override
    public void forward(int worker, int from, int to, Pass pass) {
        int width = input.size() / rows;
        for (int sample = from; sample < to; sample++) {
            for (int row = 0; row < rows; row++) {
                int x = sample * input.stride() + row * width + first;
                System.arraycopy(input.values(), x, output.values(), sample * output.stride() + row * count, count);
            }
        }
    }

    @Override
    public void backward(int worker, int from, int to) {
        Arrays.fill(input.gradients(), from * input.stride(), to * input.stride(), 0);
        int width = input.size() / rows;
        for (int sample = from; sample < to; sample++) {
            for (int row = 0; row < rows; row++) {
                int x = sample * input.stride() + row * width + first;
                System.arraycopy(
                        output.gradients(), sample * output.stride() + row * count, input.gradients(), x, count);
            }
        }
    }
}
