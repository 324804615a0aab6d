package dev.lossforge.runtime.cpu.internal.layer;

import dev.lossforge.runtime.internal.CounterRandom;

/**
 * Dropout. The seed, the number of the step and the position in the batch determine whether a value is dropped. The
 * thread and the order of computation do not matter.
 */
final class RandomDropout implements Operation {
    private final Activations input;
    private final Activations output;
    private final double rate;
    private final long seed;
    private float[] factors = {};

    /** @param seed different for every layer of a model */
    RandomDropout(Activations input, Activations output, double rate, long seed) {
        this.input = input;
        this.output = output;
        this.rate = rate;
        this.seed = seed;
    }

    @Override
    public void reserve(int samples) {
        output.reserve(samples);
        if (factors.length < samples * output.size()) {
            factors = new float[samples * output.size()];
        }
    }

    @Override
    public void forward(int worker, int from, int to, Pass pass) {
        if (pass.training()) {
            draw(from * input.size(), to * input.size(), pass);
        }
        for (int sample = from; sample < to; sample++) {
            int x = sample * input.stride();
            int y = sample * output.stride();
            for (int i = 0; i < input.size(); i++) {
                float factor = pass.training() ? factors[sample * input.size() + i] : 1;
                output.values()[y + i] = factor == 0 ? 0 : factor * input.values()[x + i];
            }
        }
    }

    private void draw(int from, int to, Pass pass) {
        float kept = (float) (1 / (1 - rate));
        long key = CounterRandom.mix(seed + CounterRandom.mix(pass.step()));
        long first = pass.firstSample() * input.size();
        for (int i = from; i < to; i++) {
            factors[i] = CounterRandom.uniform(key, first + i) < rate ? 0 : kept;
        }
    }

    @Override
    public void backward(int worker, int from, int to) {
        for (int sample = from; sample < to; sample++) {
            int x = sample * input.stride();
            int y = sample * output.stride();
            for (int i = 0; i < input.size(); i++) {
                input.gradients()[x + i] = factors[sample * input.size() + i] * output.gradients()[y + i];
            }
        }
    }
}
