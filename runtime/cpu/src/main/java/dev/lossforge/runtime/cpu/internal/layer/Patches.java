package dev.lossforge.runtime.cpu.internal.layer;

/**
 * The patches of a few samples as rows that kernels read, either inside the images or copied. Each worker has its own.
 */
sealed interface Patches permits PatchesInPlace, PatchesCopied {

    /** Makes the rows of the samples {@code from} to {@code to - 1} readable. */
    void load(int from, int to);

    float[] values();

    /** The array in which the rows' gradients are added up, with the layout of {@link #values}. */
    float[] gradients();

    /**
     * Lists the starts of the rows of all loaded samples, in both {@link #values} and {@link #gradients}.
     *
     * @return the number of rows
     */
    int list(int[] offsets);

    /** Sets the gradients of the loaded samples to zero. */
    void clearGradients();

    /** Stores the gradients of the loaded samples in the layer's input. */
    void storeGradients();
}
