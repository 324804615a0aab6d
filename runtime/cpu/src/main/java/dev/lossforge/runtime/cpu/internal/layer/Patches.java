package dev.lossforge.runtime.cpu.internal.layer;

/** The patches of a few samples as rows that kernels read: where they lie in the images, or copied. One worker's. */
sealed interface Patches permits PatchesInPlace, PatchesCopied {

    /** Makes the rows of the samples {@code from} to {@code to - 1} readable. */
    void load(int from, int to);

    float[] values();

    /** Where the rows' gradients are added up, laid out as {@link #values}. */
    float[] gradients();

    /**
     * Lists where the rows of all loaded samples begin, in {@link #values} and {@link #gradients} alike.
     *
     * @return how many they are
     */
    int list(int[] offsets);

    /** Sets the gradients of the loaded samples to zero. */
    void clearGradients();

    /** Makes the gradients of the loaded samples those of the layer's input. */
    void storeGradients();
}
