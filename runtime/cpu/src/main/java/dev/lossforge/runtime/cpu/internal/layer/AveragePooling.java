package dev.lossforge.runtime.cpu.internal.layer;

import dev.lossforge.runtime.internal.Window;
import java.util.Arrays;

/** The mean of each window, per channel. */
final class AveragePooling implements Operation {
    private final int[] pixels;
    private final int size;
    private final int channels;
    private final Activations input;
    private final Activations output;

    AveragePooling(Window pool, Activations input, Activations output) {
        this.pixels = PoolWindows.table(pool);
        this.size = pool.kernelHeight() * pool.kernelWidth();
        this.channels = pool.channels();
        this.input = input;
        this.output = output;
    }

    @Override
    public void reserve(int samples) {
        output.reserve(samples);
    }

    @Override
    public void forward(int worker, int from, int to, Pass pass) {
        Arrays.fill(output.values(), from * output.stride(), to * output.stride(), 0);
        float share = 1f / size;
        for (int sample = from; sample < to; sample++) {
            for (int i = 0; i < pixels.length; i++) {
                int x = sample * input.stride() + pixels[i] * channels;
                int y = sample * output.stride() + i / size * channels;
                addScaled(input.values(), x, share, output.values(), y);
            }
        }
    }

    @Override
    public void backward(int worker, int from, int to) {
        Arrays.fill(input.gradients(), from * input.stride(), to * input.stride(), 0);
        float share = 1f / size;
        for (int sample = from; sample < to; sample++) {
            for (int i = 0; i < pixels.length; i++) {
                int x = sample * input.stride() + pixels[i] * channels;
                int y = sample * output.stride() + i / size * channels;
                addScaled(output.gradients(), y, share, input.gradients(), x);
            }
        }
    }

    private void addScaled(float[] source, int from, float factor, float[] target, int to) {
        for (int i = 0; i < channels; i++) {
            target[to + i] += factor * source[from + i];
        }
    }
}
