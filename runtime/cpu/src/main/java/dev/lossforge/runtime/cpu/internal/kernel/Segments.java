package dev.lossforge.runtime.cpu.internal.kernel;

/**
 * The layout of one row of a matrix in an array: {@code count} runs of {@code length} floats whose starts are
 * {@code stride} apart. A patch of a row-major image is such a row, with one run per line of the kernel, so it need not
 * be copied.
 */
public record Segments(int count, int stride, int length) {

    /** A row without gaps. */
    public static Segments contiguous(int length) {
        return new Segments(1, length, length);
    }

    /** The number of floats in a row. */
    public int total() {
        return count * length;
    }
}
