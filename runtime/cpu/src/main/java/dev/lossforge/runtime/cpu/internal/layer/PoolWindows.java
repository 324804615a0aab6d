package dev.lossforge.runtime.cpu.internal.layer;

import dev.lossforge.runtime.internal.Window;

/** The pixels that a pooling reads. */
final class PoolWindows {
    private PoolWindows() {}

    /** The pixels {@code y · inputWidth + x} of all windows, window by window and row by row within each. */
    static int[] table(Window pool) {
        int size = pool.kernelHeight() * pool.kernelWidth();
        int[] table = new int[pool.outputHeight() * pool.outputWidth() * size];
        for (int i = 0; i < table.length; i++) {
            int window = i / size;
            int within = i % size;
            int y = window / pool.outputWidth() * pool.strideHeight() + within / pool.kernelWidth();
            int x = window % pool.outputWidth() * pool.strideWidth() + within % pool.kernelWidth();
            table[i] = y * pool.inputWidth() + x;
        }
        return table;
    }
}
