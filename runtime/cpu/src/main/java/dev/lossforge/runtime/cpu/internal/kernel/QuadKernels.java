package dev.lossforge.runtime.cpu.internal.kernel;

/**
 * Kernels for pooling windows of four rows. They keep a window's data in registers, so they are faster than the
 * {@link Kernels} for windows of any size.
 */
public interface QuadKernels {

    /** The number of taps processed together. */
    int TAPS = 9;

    /**
     * The rows of sums that {@link #addTapGradients} needs for one {@link #TAPS} of taps: one per tap, and the bias.
     */
    int SUMS = TAPS + 1;

    /**
     * {@link Kernels#multiply} and {@link Kernels#reduceWindows} in one, for windows of four patches: the products
     * never leave the registers. It works for any patch and is fast for patches of a few dozen floats.
     *
     * @param at the start of the image
     * @param corners the start of each patch, relative to the start of the image
     * @param taps the position of each float of a patch, relative to the start of the patch
     * @param weights packed by {@link PanelPacking}
     * @param bias one value per column of the panels
     */
    void multiplyWindows(
            Windows windows,
            float[] image,
            int at,
            int[] corners,
            int[] taps,
            float[] weights,
            float[] bias,
            boolean relu,
            float[] target,
            int[] winners,
            int targetAt);

    /**
     * Adds one sample's gradients with respect to the weights of {@link #TAPS} taps and to the bias: {@code sums[t ·
     * columns + c] += gradient · tap t of the winner's patch}, over all windows, for every channel {@code c}. The last
     * row adds up the gradients themselves.
     *
     * @param taps the first of the taps is {@code taps[firstTap]}
     * @param gradients {@code [windows, channels]} from {@code resultsAt} on; {@code winners} has the same layout
     * @param columns the distance from one tap's sums to the next, at least the number of channels
     * @param sumsAt the start of the first tap's sums
     */
    void addTapGradients(
            Windows windows,
            float[] image,
            int at,
            int[] corners,
            int[] taps,
            int firstTap,
            float[] gradients,
            int[] winners,
            int resultsAt,
            float[] sums,
            int columns,
            int sumsAt);

    /**
     * The input side of Winograd's F(2×2, 3×3) for some tiles of 4 by 4 pixels: {@code Bᵀ d B}, channel by channel.
     * Element {@code p} of tile {@code i} and channel {@code c} goes to {@code target[p · positionStride + i ·
     * rowStride + c]}; whole vectors are written, so {@code rowStride} is a multiple of the lanes.
     *
     * @param corners the start of each tile in {@code image}; a vector beyond the last pixel may be read
     */
    void transformTiles(
            float[] image,
            int[] corners,
            int count,
            int lineStride,
            int channels,
            float[] target,
            int positionStride,
            int rowStride);

    /**
     * Sixteen products, one per element of the transformed tiles: {@code c[p] = a[p] · b[p]}. {@link #transformTiles}
     * produces {@code a}, and {@link PanelPacking} packs each {@code b[p]}. Rows up to a multiple of
     * {@link Kernels#TILE_ROWS} are read and written; product {@code p} begins at {@code p · productStride}.
     */
    void multiplyTiles(
            float[] a,
            int positionStride,
            int rowStride,
            int count,
            int channels,
            float[][] b,
            int panels,
            float[] c,
            int productStride);

    /**
     * The output side: {@code Aᵀ m A} of one tile, whose four results are a window. It stores the largest of these plus
     * the bias, or its positive part, like {@link Kernels#reduceWindows}.
     *
     * @param products the products of the tile from {@code at} on, {@code positionStride} apart
     * @param window the number of the tile's window
     * @param target the array for the results, one per channel, from {@code targetAt} on; {@code winners} has the same
     *     layout
     */
    void reduceTile(
            Windows windows,
            int window,
            float[] products,
            int at,
            int positionStride,
            float[] bias,
            int biasAt,
            boolean relu,
            float[] target,
            int[] winners,
            int targetAt);
}
