package dev.lossforge.runtime.cpu.internal.layer;

import dev.lossforge.runtime.cpu.internal.kernel.Kernels;
import dev.lossforge.runtime.cpu.internal.kernel.Windows;
import dev.lossforge.runtime.internal.Window;
import java.util.Arrays;

/** A max pooling that does not follow a convolution. */
final class MaxPooling implements Operation {
    private final Kernels kernels;
    private final Windows windows;
    private final Activations input;
    private final Activations output;
    private final float[] noBias;
    private int[] winners = {};

    MaxPooling(Kernels kernels, Window pool, Activations input, Activations output) {
        int[] table = PoolWindows.table(pool);
        int size = pool.kernelHeight() * pool.kernelWidth();
        this.kernels = kernels;
        this.windows = new Windows(table, size, pool.channels());
        this.input = input;
        this.output = output;
        this.noBias = new float[pool.channels()];
    }

    @Override
    public void reserve(int samples) {
        output.reserve(samples);
        if (winners.length < samples * output.stride()) {
            winners = new int[samples * output.stride()];
        }
    }

    @Override
    public void forward(int worker, int from, int to, Pass pass) {
        for (int sample = from; sample < to; sample++) {
            kernels.reduceWindows(
                    windows,
                    input.values(),
                    sample * input.stride(),
                    windows.channels(),
                    noBias,
                    0,
                    false,
                    output.values(),
                    winners,
                    sample * output.stride());
        }
    }

    @Override
    public void backward(int worker, int from, int to) {
        Arrays.fill(input.gradients(), from * input.stride(), to * input.stride(), 0);
        for (int sample = from; sample < to; sample++) {
            scatter(sample * output.stride(), sample * input.stride());
        }
    }

    private void scatter(int results, int image) {
        int channels = windows.channels();
        for (int i = 0; i < windows.results(); i++) {
            input.gradients()[image + winners[results + i] * channels + i % channels] +=
                    output.gradients()[results + i];
        }
    }
}
