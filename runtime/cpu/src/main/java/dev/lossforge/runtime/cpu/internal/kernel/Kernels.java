package dev.lossforge.runtime.cpu.internal.kernel;

import org.jspecify.annotations.Nullable;

/**
 * The loops in which training spends its time. Implementations differ in the order in which they add up floats, and
 * therefore in the last bits; each of them always gives the same bits for the same arguments.
 */
public interface Kernels {

    /** The rows that {@link #multiply} computes together: row lists and results are padded to a multiple of it. */
    int TILE_ROWS = 6;

    /** The number of floats to whose multiples row lengths are padded. */
    int lanes();

    /** The columns of one panel of packed weights. */
    int panelWidth();

    /**
     * The longest row piece that {@link #addScaledRows} adds up in registers; longer rows are best cut into such
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
     * Copies rows out of one array side by side into another. Row {@code i} consists of the lines' floats from
     * {@code at + offsets[i]} on; its copy begins at {@code targetAt + i · stride} and is followed by zeros up to the
     * next. Both arrays are longer by {@link #lanes} than the rows need.
     */
    void copyRows(float[] source, int at, int[] offsets, Segments lines, float[] target, int targetAt, int stride);

    /**
     * Per window and channel the greatest of {@code rows + bias}, or its positive part, and which row it came from; see
     * {@link Windows}.
     *
     * @param rows the rows of one sample, of {@code rowStride} floats each, the first at {@code rowsAt}
     * @param bias one value per channel, the first at {@code biasAt}
     * @param target {@code [windows, channels]} from {@code targetAt} on
     * @param winners {@code [windows, channels]} from {@code targetAt} on: the row of the greatest value, or
     *     {@link Windows#NONE} where {@code relu} cut the value off
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
     * Adds per channel the values of some rows, which follow each other, to {@code sums[at + c]} and their squares to
     * {@code sums[at + channels + c]}.
     */
    void addMoments(float[] values, int from, int rows, int channels, double[] sums, int at);

    /**
     * Adds per channel the gradients of some rows to {@code sums[at + c]}, and to {@code sums[at + channels + c]} their
     * products with the values' distances from the channel's mean.
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

    /** Faster kernels for windows of four; absent in plain Java, whose compiler would not make vectors of them. */
    @Nullable
    QuadKernels quads();

    /** Products of whole matrices. */
    PatchKernels patches();
}
