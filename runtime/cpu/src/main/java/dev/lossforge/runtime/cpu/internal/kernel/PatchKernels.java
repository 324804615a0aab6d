package dev.lossforge.runtime.cpu.internal.kernel;

/**
 * Products as in {@link Kernels#addScaledRows}, but with all factors instead of a list of terms. They process several
 * rows at a time, so that each loaded value serves all of them.
 */
public interface PatchKernels {

    /**
     * {@code target[at + c · targetStride + t] += sum over p of factors[factorRows[p] + c] · source[rows[p] + shift +
     * t]} for every {@code c} below {@code channels} and {@code t} below {@code length}, a multiple of
     * {@link Kernels#lanes}.
     *
     * @param count the number of rows {@code p}
     */
    void addTransposedProducts(
            float[] target,
            int at,
            int targetStride,
            int channels,
            float[] factors,
            int[] factorRows,
            float[] source,
            int[] rows,
            int shift,
            int count,
            int length);

    /**
     * {@code target[rows[p] + shift + t] += sum over c of factors[factorRows[p] + c] · source[at + c · sourceStride +
     * t]}, with the ranges of {@link #addTransposedProducts}. The rows {@code p} are processed one after the other,
     * because they may overlap.
     */
    void addProducts(
            float[] target,
            int[] rows,
            int shift,
            float[] factors,
            int[] factorRows,
            int count,
            float[] source,
            int at,
            int sourceStride,
            int channels,
            int length);
}
