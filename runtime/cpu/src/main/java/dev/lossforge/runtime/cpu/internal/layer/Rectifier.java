package dev.lossforge.runtime.cpu.internal.layer;

import dev.lossforge.runtime.cpu.internal.kernel.Kernels;

/** {@code max(x, 0)} of every value, if no affine layer includes it; NaN stays NaN. */
record Rectifier(Kernels kernels, Activations input, Activations output) implements Operation {

    @Override
    public void reserve(int samples) {
        output.reserve(samples);
    }

    @Override
    public void forward(int worker, int from, int to, Pass pass) {
        for (int sample = from; sample < to; sample++) {
            kernels.rectify(
                    input.values(), sample * input.stride(), output.values(), sample * output.stride(), input.size());
        }
    }

    @Override
    public void backward(int worker, int from, int to) {
        for (int sample = from; sample < to; sample++) {
            kernels.rectifyBack(
                    output.gradients(),
                    output.values(),
                    sample * output.stride(),
                    input.gradients(),
                    sample * input.stride(),
                    input.size());
        }
    }
}
