package dev.lossforge.runtime.cpu.internal.layer;

/**
 * The images of a few samples, in which every patch lies inside, and their gradients. One worker's.
 *
 * <p>Kernels may read a vector more than the last image has, so the arrays are that much longer.
 */
sealed interface Images permits InputImages, PaddedImages {

    /** Of a layer's input, for {@code samples} samples at a time. */
    static Images of(AffineShape shape, Place input, int samples, int lanes) {
        return shape.isUnpadded()
                ? new InputImages(input, shape.kernel())
                : new PaddedImages(input, shape.kernel(), samples, lanes);
    }

    /** Makes the samples {@code from} to {@code to - 1} the current ones, whose gradients can be made. */
    void choose(int from, int to);

    /** Makes these samples the current ones, whose values can be read too. */
    void load(int from, int to);

    float[] values();

    /** Laid out as {@link #values}. */
    float[] gradients();

    /** Where the image of the {@code index}-th current sample begins. */
    int offset(int index);

    /** From one line of an image to the next. */
    int lineStride();

    /** The column before which the layer's input begins. */
    int padLeft();

    /** The line before which the layer's input begins. */
    int padTop();

    /** Sets the gradients of the current samples to zero. */
    void clearGradients();

    /** Makes the gradients of the current samples those of the layer's input. */
    void storeGradients();
}
