package dev.lossforge.runtime.cpu.internal.kernel;

/**
 * How one row of a matrix lies in an array: {@code count} runs of {@code length} floats whose beginnings are
 * {@code stride} apart. A patch of a row-major image is such a row: one run per line of the kernel, so that it needs no
 * copy.
 */
public record Segments(int count, int stride, int length) {

    /** A row without gaps. */
    public static Segments contiguous(int length) {
        return new Segments(1, length, length);
    }

    /** The floats in a row. */
    public int total() {
        return count * length;
    }
}
