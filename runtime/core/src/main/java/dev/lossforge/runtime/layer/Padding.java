package dev.lossforge.runtime.layer;

/** How a window that slides over an image treats the border. */
public enum Padding {
    /** The window stays inside: {@code out = (in - kernel) / stride + 1}, rounded down. */
    VALID,
    /**
     * Zeros around the image so that {@code out = in / stride}, rounded up; of an odd number of zeros the larger half
     * goes below and to the right.
     */
    SAME
}
