package dev.lossforge.runtime.layer;

/** The treatment of the border by a window that slides over an image. */
public enum Padding {
    /** The window stays inside: {@code out = (in - kernel) / stride + 1}, rounded down. */
    VALID,
    /**
     * Zeros around the image so that {@code out = in / stride}, rounded up. If the number of zeros is odd, the larger
     * half goes below and to the right.
     */
    SAME
}
