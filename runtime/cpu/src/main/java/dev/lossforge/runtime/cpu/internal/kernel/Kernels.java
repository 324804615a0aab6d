package dev.lossforge.runtime.cpu.internal.kernel;

import org.jspecify.annotations.Nullable;

/**
 * The loops in which training spends its time. Implementations add up floats in different orders and therefore differ
 * in the last bits. Each always gives the same bits for the same arguments.
 */
public interface Kernels {

    /**
     * The number of rows that {@link #multiply} computes together. Row lists and results are padded to a multiple of
     * it.
     */
    int TILE_ROWS = 6;

    /** The number of floats in a vector; row lengths are padded to a multiple of it. */
    int lanes();

    /** The number of columns in a panel of packed weights. */
    int panelWidth();

    /**
     * The maximum length of a row that {@link #addScaledRows} adds up in registers. Longer rows should be cut into such
     * pieces.
     */
    int pieceLength();

    /**
     * {@code c = a · b}. Row {@code i} of {@code a} consists of the segments' floats from {@code rows[i]} on; {@code b}
     * is packed by {@link PanelPacking}; row {@code i} of {@code c} begins at {@code i · panels · panelWidth}.
     *
     * @param rows offsets into {@code a}; {@code count} rounded up to a multiple of {@link #TILE_ROWS} of them are
     *     valid
     * @param count the number of rows; as many rows of {@code c} as there are valid offsets are overwritten
     */
    void multiply(float[] a, int[] rows, int count, Segments segments, float[] b, int panels, float[] c);

    /**
     * {@code target[at + t] += sum over e of terms.factors[e] · source[terms.offsets[e] + shift + t]} for {@code e}
     * from {@code from} to {@code to - 1} and {@code t} below {@code length}, a multiple of {@link #lanes}.
     */
    void addScaledRows(float[] target, int at, float[] source, int shift, Terms terms, int from, int to, int length);

    /**
     * Copies rows of one array next to each other into another. Row {@code i} consists of the lines' floats from
     * {@code at + offsets[i]} on. Its copy begins at {@code targetAt + i · stride}, and zeros fill the gap to the next
     * copy. Both arrays are longer by {@link #lanes} than the rows need.
     */
    void copyRows(float[] source, int at, int[] offsets, Segments lines, float[] target, int targetAt, int stride);

    /**
     * Computes, per window and channel, the largest of {@code rows + bias}, or its positive part, and the row that it
     * came from; see {@link Windows}.
     *
     * @param rows the rows of one sample, of {@code rowStride} floats each, the first at {@code rowsAt}
     * @param bias one value per channel, the first at {@code biasAt}
     * @param target {@code [windows, channels]} from {@code targetAt} on
     * @param winners {@code [windows, channels]} from {@code targetAt} on: the row of the largest value, or
     *     {@link Windows#NONE} if {@code relu} cut the value off
     */
    void reduceWindows(
            Windows windows,
            float[] rows,
            int rowsAt,
            int rowStride,
            float[] bias,
            int biasAt,
            boolean relu,
            float[] target,
            int[] winners,
            int targetAt);

    /** Replaces the values {@code from} to {@code to - 1} by {@code 1 / (1 + e^−x)}; NaN stays NaN. */
    void sigmoid(float[] values, int from, int to);

    /** Replaces the values {@code from} to {@code to - 1} by their hyperbolic tangents; NaN stays NaN. */
    void tanh(float[] values, int from, int to);

    /** {@code target[at + i] = f(source[from + i])} for {@code i} below {@code length}; NaN stays NaN. */
    void apply(ElementFunction function, float[] source, int from, float[] target, int at, int length);

    /**
     * {@code target[at + i] = f′(source[from + i]) · gradients[gradientsFrom + i]} for {@code i} below {@code length}.
     */
    void multiplySlopes(
            ElementFunction function,
            float[] source,
            int from,
            float[] gradients,
            int gradientsFrom,
            float[] target,
            int at,
            int length);

    /** {@code target[at + i] = max(source[from + i], 0)} for {@code i} below {@code length}; NaN stays NaN. */
    void rectify(float[] source, int from, float[] target, int at, int length);

    /** {@code target[at + i]} becomes the gradient at {@code from + i}, or 0 where the result there is 0. */
    void rectifyBack(float[] gradients, float[] results, int from, float[] target, int at, int length);

    /**
     * For each channel, adds the values of some successive rows to {@code sums[at + c]}, and their squares to
     * {@code sums[at + channels + c]}.
     */
    void addMoments(float[] values, int from, int rows, int channels, double[] sums, int at);

    /**
     * For each channel, adds the gradients of some rows to {@code sums[at + c]}. Adds their products with the values'
     * distances from the channel's mean to {@code sums[at + channels + c]}.
     */
    void addProducts(
            float[] gradients,
            int gradientsFrom,
            float[] values,
            int from,
            int rows,
            int channels,
            double[] means,
            double[] sums,
            int at);

    /** Faster kernels for windows of four. Plain Java has none, because the JIT compiler would not vectorize them. */
    @Nullable
    QuadKernels quads();

    /** Products of whole matrices. */
    PatchKernels patches();
}
