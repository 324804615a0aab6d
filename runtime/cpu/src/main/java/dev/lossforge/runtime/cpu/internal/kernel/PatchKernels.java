package dev.lossforge.runtime.cpu.internal.kernel;

/**
 * The products that {@link Kernels#addScaledRows} makes row by row, where no factor is left out, several rows at a
 * time: values that are loaded once serve all of them.
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
     * t]} for every row {@code p}, one after the other, since they may overlap, and as above.
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
