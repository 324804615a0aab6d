package dev.lossforge.runtime.cpu.internal.layer;

import java.util.List;

/**
 * Concatenates values along the last axis.
 *
 * @param columns the last extent of each input
 * @param rows the product of the other extents
 */
record SideBySide(List<Activations> inputs, List<Integer> columns, int rows, Activations output) implements Operation {

    SideBySide {
        columns = List.copyOf(columns);
    }

    @Override
    public void reserve(int samples) {
        output.reserve(samples);
    }

    @Override
    public void forward(int worker, int from, int to, Pass pass) {
        copy(from, to, true);
    }

    @Override
    public void backward(int worker, int from, int to) {
        copy(from, to, false);
    }

    private void copy(int from, int to, boolean forward) {
        int width = output.size() / rows;
        int shift = 0;
        for (int i = 0; i < inputs.size(); i++) {
            Activations input = inputs.get(i);
            int count = columns.get(i);
            for (int sample = from; sample < to; sample++) {
                for (int row = 0; row < rows; row++) {
                    int x = sample * input.stride() + row * count;
                    int y = sample * output.stride() + row * width + shift;
                    if (forward) {
                        System.arraycopy(input.values(), x, output.values(), y, count);
                    } else {
                        System.arraycopy(output.gradients(), y, input.gradients(), x, count);
                    }
                }
            }
            shift += count;
        }
    }
}
