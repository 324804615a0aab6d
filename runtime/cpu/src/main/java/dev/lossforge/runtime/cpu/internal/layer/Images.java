package dev.lossforge.runtime.cpu.internal.layer;

/**
 * The images of a few samples, which contain every patch completely, and their gradients. Each worker has its own.
 *
 * <p>Kernels may read up to a vector beyond the last image, so the arrays are longer by that much.
 */
sealed interface Images permits InputImages, PaddedImages {

    /** The images of a layer's input, for {@code samples} samples at a time. */
    static Images of(AffineShape shape, Place input, int samples, int lanes) {
        return shape.isUnpadded()
                ? new InputImages(input, shape.kernel())
                : new PaddedImages(input, shape.kernel(), samples, lanes);
    }

    /** Makes the samples {@code from} to {@code to - 1} the current ones, for computing their gradients. */
    void choose(int from, int to);

    /** Makes these samples the current ones, for reading their values as well. */
    void load(int from, int to);

    float[] values();

    /** The gradients, with the layout of {@link #values}. */
    float[] gradients();

    /** The start of the image of the {@code index}-th current sample. */
    int offset(int index);

    /** The distance from one line of an image to the next. */
    int lineStride();

    /** The column at which the layer's input begins. */
    int padLeft();

    /** The line at which the layer's input begins. */
    int padTop();

    /** Sets the gradients of the current samples to zero. */
    void clearGradients();

    /** Stores the gradients of the current samples in the layer's input. */
    void storeGradients();
}
