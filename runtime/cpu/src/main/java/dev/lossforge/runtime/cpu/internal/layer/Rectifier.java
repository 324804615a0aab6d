package dev.lossforge.runtime.cpu.internal.layer;

/** {@code max(x, 0)} of every value, where no affine layer includes it; NaN stays NaN. */
record Rectifier(Activations input, Activations output) implements Operation {

    @Override
    public void reserve(int samples) {
        output.reserve(samples);
    }

    @Override
    public void forward(int worker, int from, int to, Pass pass) {
        for (int sample = from; sample < to; sample++) {
            int x = sample * input.stride();
            int y = sample * output.stride();
            for (int i = 0; i < input.size(); i++) {
                float value = input.values()[x + i];
                output.values()[y + i] = value <= 0 ? 0 : value;
            }
        }
    }

    @Override
    public void backward(int worker, int from, int to) {
        for (int sample = from; sample < to; sample++) {
            int x = sample * input.stride();
            int y = sample * output.stride();
            for (int i = 0; i < input.size(); i++) {
                float gradient = output.gradients()[y + i];
                input.gradients()[x + i] = output.values()[y + i] == 0 ? 0 : gradient;
            }
        }
    }
}
