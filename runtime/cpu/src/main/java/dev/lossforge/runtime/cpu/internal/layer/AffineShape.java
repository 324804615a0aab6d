package dev.lossforge.runtime.cpu.internal.layer;

import dev.lossforge.runtime.cpu.internal.kernel.Segments;
import dev.lossforge.runtime.cpu.internal.kernel.Windows;
import dev.lossforge.runtime.internal.Window;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The patches of the input that an affine layer reads, and the results that compete in its pooling. A dense layer reads
 * one patch: its whole input.
 */
final class AffineShape {
    private final Window kernel;
    private final int[] positions;
    private final Windows windows;
    private final int overlap;

    private AffineShape(Window kernel, int[] positions, Windows windows, int overlap) {
        this.kernel = kernel;
        this.positions = positions;
        this.windows = windows;
        this.overlap = overlap;
    }

    /** One patch, {@code inputs} long. */
    static AffineShape dense(int inputs, int units) {
        Window whole = new Window(1, 1, inputs, 1, 1, 1, 1, 0, 0, 1, 1);
        return convolution(whole, null, units);
    }

    /** A convolution, and the pooling that follows it, if any. */
    static AffineShape convolution(Window kernel, @Nullable Window pool, int filters) {
        if (pool == null) {
            int count = kernel.outputHeight() * kernel.outputWidth();
            Windows single = Windows.single(count, filters);
            return new AffineShape(kernel, single.table(), single, 1);
        }
        return pooled(kernel, pool, filters);
    }

    private static AffineShape pooled(Window kernel, Window pool, int filters) {
        int[] read = PoolWindows.table(pool);
        Map<Integer, Integer> rows = new HashMap<>();
        int[] readers = new int[kernel.outputHeight() * kernel.outputWidth()];
        int[] table = new int[read.length];
        int overlap = 0;
        for (int i = 0; i < read.length; i++) {
            rows.putIfAbsent(read[i], rows.size());
            table[i] = rows.get(read[i]);
            overlap = Math.max(overlap, ++readers[table[i]]);
        }
        int[] positions = new int[rows.size()];
        rows.forEach((position, row) -> positions[row] = position);
        int size = pool.kernelHeight() * pool.kernelWidth();
        return new AffineShape(kernel, positions, new Windows(table, size, filters), overlap);
    }

    /** The positions of the patches. */
    Window kernel() {
        return kernel;
    }

    /**
     * The number of patches, which are the rows of {@link #windows}: one per output of the kernel, or per output that
     * the pooling reads.
     */
    int patches() {
        return positions.length;
    }

    /** The patches that compete in each window. Without a pooling, each patch is its own window. */
    Windows windows() {
        return windows;
    }

    /** The maximum number of windows that contain the same patch. */
    int overlap() {
        return overlap;
    }

    /** The number of floats in a patch. */
    int patchSize() {
        return kernel.kernelHeight() * lineSize();
    }

    /** The number of floats in one line of a patch, which are adjacent in the image. */
    int lineSize() {
        return kernel.kernelWidth() * kernel.channels();
    }

    int channels() {
        return windows.channels();
    }

    /** The start of each patch, relative to the start of its image. */
    int[] corners(Images images) {
        int[] corners = new int[positions.length];
        for (int row = 0; row < corners.length; row++) {
            int y = positions[row] / kernel.outputWidth() * kernel.strideHeight() - kernel.padTop();
            int x = positions[row] % kernel.outputWidth() * kernel.strideWidth() - kernel.padLeft();
            corners[row] = (y + images.padTop()) * images.lineStride() + (x + images.padLeft()) * kernel.channels();
        }
        return corners;
    }

    /** The position of each float of a patch, relative to the start of the patch. */
    int[] taps(Images images) {
        int[] taps = new int[patchSize()];
        for (int tap = 0; tap < taps.length; tap++) {
            taps[tap] = tap / lineSize() * images.lineStride() + tap % lineSize();
        }
        return taps;
    }

    /** Whether every window consists of 2 by 2 neighbouring results. */
    boolean poolsSquares() {
        int[] table = windows.table();
        boolean squares = windows.size() == 4;
        for (int i = 0; squares && i < table.length; i++) {
            int first = positions[table[i - i % 4]];
            int square = first + i % 4 / 2 * kernel.outputWidth() + i % 2;
            squares = positions[table[i]] == square && first % kernel.outputWidth() + 1 < kernel.outputWidth();
        }
        return squares;
    }

    /** The layout of a patch in its image. */
    Segments lines(Images images) {
        return new Segments(kernel.kernelHeight(), images.lineStride(), lineSize());
    }

    /** Whether every patch is inside the image. */
    boolean isUnpadded() {
        return kernel.padTop() == 0
                && kernel.padLeft() == 0
                && (kernel.outputHeight() - 1) * kernel.strideHeight() + kernel.kernelHeight() <= kernel.inputHeight()
                && (kernel.outputWidth() - 1) * kernel.strideWidth() + kernel.kernelWidth() <= kernel.inputWidth();
    }
}
