package dev.lossforge.runtime.cpu.internal.kernel;

/** The largest row of each window, one channel after the other. */
final class PlainWindows {
    private PlainWindows() {}

    /** Reduces the channels from {@code fromChannel} on. */
    static void reduce(
            Windows windows,
            int fromChannel,
            float[] rows,
            int rowsAt,
            int rowStride,
            float[] bias,
            int biasAt,
            boolean relu,
            float[] target,
            int[] winners,
            int targetAt) {
        int[] table = windows.table();
        int size = windows.size();
        int channels = windows.channels();
        if (fromChannel == channels) {
            return;
        }
        for (int window = 0; window < windows.count(); window++) {
            for (int channel = fromChannel; channel < channels; channel++) {
                int winner = winner(table, window * size, size, rows, rowsAt + channel, rowStride);
                float value = rows[rowsAt + channel + winner * rowStride] + bias[biasAt + channel];
                boolean cut = relu && value <= 0;
                target[targetAt + window * channels + channel] = cut ? 0 : value;
                winners[targetAt + window * channels + channel] = cut ? Windows.NONE : winner;
            }
        }
    }

    private static int winner(int[] table, int first, int size, float[] rows, int at, int rowStride) {
        int winner = table[first];
        float best = rows[at + winner * rowStride];
        for (int i = first + 1; i < first + size; i++) {
            float rival = rows[at + table[i] * rowStride];
            if (rival > best || Float.isNaN(rival)) {
                best = rival;
                winner = table[i];
            }
        }
        return winner;
    }
}
