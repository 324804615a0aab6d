package dev.lossforge.runtime.cpu.internal.kernel;

/** Sums per channel, value by value. */
final class PlainElements {
    private PlainElements() {}

    /** Handles the channels from {@code fromChannel} on. */
    static void addMoments(float[] values, int from, int rows, int channels, int fromChannel, double[] sums, int at) {
        for (int x = from; x < from + rows * channels; x += channels) {
            for (int c = fromChannel; c < channels; c++) {
                double value = values[x + c];
                sums[at + c] += value;
                sums[at + channels + c] += value * value;
            }
        }
    }

    /** Handles the channels from {@code fromChannel} on. */
    static void addProducts(
            float[] gradients,
            int gradientsFrom,
            float[] values,
            int from,
            int rows,
            int channels,
            int fromChannel,
            double[] means,
            double[] sums,
            int at) {
        for (int i = 0; i < rows * channels; i += channels) {
            for (int c = fromChannel; c < channels; c++) {
                double gradient = gradients[gradientsFrom + i + c];
                sums[at + c] += gradient;
                sums[at + channels + c] += gradient * (values[from + i + c] - means[c]);
            }
        }
    }
}
