package dev.lossforge.runtime.cpu.internal.layer;

import java.util.List;

/** The sum of values; each gets the gradient of the sum. For a single value, it is a copy. */
record Sum(List<Activations> inputs, Activations output) implements Operation {

    @Override
    public void reserve(int samples) {
        output.reserve(samples);
    }

    @Override
    public void forward(int worker, int from, int to, Pass pass) {
        for (int sample = from; sample < to; sample++) {
            int y = sample * output.stride();
            Activations first = inputs.getFirst();
            System.arraycopy(first.values(), sample * first.stride(), output.values(), y, output.size());
            for (Activations input : inputs.subList(1, inputs.size())) {
                add(input.values(), sample * input.stride(), output.values(), y, output.size());
            }
        }
    }

    private static void add(float[] source, int from, float[] target, int to, int count) {
        for (int i = 0; i < count; i++) {
            target[to + i] += source[from + i];
        }
    }

    @Override
    public void backward(int worker, int from, int to) {
        for (Activations input : inputs) {
            for (int sample = from; sample < to; sample++) {
                System.arraycopy(
                        output.gradients(),
                        sample * output.stride(),
                        input.gradients(),
                        sample * input.stride(),
                        input.size());
            }
        }
    }
}
