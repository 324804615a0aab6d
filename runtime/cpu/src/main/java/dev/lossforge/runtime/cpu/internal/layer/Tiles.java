package dev.lossforge.runtime.cpu.internal.layer;

import dev.lossforge.runtime.cpu.internal.kernel.Kernels;
import dev.lossforge.runtime.cpu.internal.kernel.PanelPacking;
import dev.lossforge.runtime.cpu.internal.kernel.QuadKernels;
import dev.lossforge.runtime.internal.Window;
import java.util.Objects;

/**
 * The forward pass of a 3×3 convolution followed by a 2×2 pooling, by Winograd's F(2×2, 3×3). Its tile of four results
 * is the pooling's window, and takes 16 multiplications instead of 36.
 *
 * <p>The results differ from the definition by rounding errors. Equal patches next to or above each other give equal
 * bits, because the differences of their pixels vanish, so the first wins. Equal patches on a diagonal may differ. A
 * pixel that is NaN or infinite makes every window that reads it NaN, even if ReLU would cut it off.
 *
 * @see <a href="https://arxiv.org/abs/1509.09308">Lavin and Gray, Fast Algorithms for Convolutional Neural Networks</a>
 */
final class Tiles {
    private static final int ELEMENTS = 16;

    /**
     * The number of tiles that are transformed and multiplied together; their products stay in the second-level cache.
     */
    private static final int TOGETHER = 8 * Kernels.TILE_ROWS;

    /** Below this number of channels, the transforms cost more than they save. */
    private static final int FEWEST_CHANNELS = 16;

    /** A gap that keeps the sixteen elements of a tile, which are read together, out of the same cache set. */
    private static final int GAP = 16;

    private final QuadKernels kernels;
    private final AffineShape shape;
    private final int inputs;
    private final PanelPacking packing;
    private final float[][] matrices;
    private final float[][] panels;
    private final int rowStride;
    private final int elementStride;
    private final int productRow;
    private final int productStride;

    /** Creates tiles for any layer with windows of 2 by 2 neighbouring results of a 3×3 kernel with stride 1. */
    Tiles(Kernels kernels, AffineShape shape) {
        int lanes = kernels.lanes();
        int panelWidth = kernels.panelWidth();
        this.kernels = Objects.requireNonNull(kernels.quads());
        this.shape = shape;
        this.inputs = shape.kernel().channels();
        this.packing = new PanelPacking(shape.channels(), inputs, inputs, panelWidth);
        this.matrices = new float[ELEMENTS][Math.multiplyExact(shape.channels(), inputs)];
        this.panels = new float[ELEMENTS][packing.size()];
        this.rowStride = Math.ceilDiv(inputs, lanes) * lanes;
        this.elementStride = TOGETHER * rowStride + GAP;
        this.productRow = packing.panels() * panelWidth;
        this.productStride = TOGETHER * productRow + GAP;
    }

    /** Whether a layer can be computed by tiles, and is then faster. */
    static boolean fits(Kernels kernels, AffineShape shape) {
        Window kernel = shape.kernel();
        return kernels.quads() != null
                && shape.poolsSquares()
                && shape.overlap() == 1
                && Math.min(shape.channels(), kernel.channels()) >= FEWEST_CHANNELS
                && kernel.kernelHeight() == 3
                && kernel.kernelWidth() == 3
                && kernel.strideHeight() == 1
                && kernel.strideWidth() == 1;
    }

    /** Prepares a worker's share of the weights, one row per channel from {@code at} on. */
    void refresh(float[] values, int at, int stride, int worker, int workers) {
        int from = packing.panels() * worker / workers;
        int to = packing.panels() * (worker + 1) / workers;
        int end = Math.min(to * packing.width(), shape.channels());
        for (int channel = from * packing.width(); channel < end; channel++) {
            for (int column = 0; column < 3; column++) {
                transformColumn(values, at + channel * stride + column * inputs, channel * inputs, column);
            }
            for (int row = 0; row < 4; row++) {
                transformRow(channel * inputs, row);
            }
        }
        for (int element = 0; element < ELEMENTS; element++) {
            packing.pack(matrices[element], 0, from, to, panels[element]);
        }
    }

    /** {@code G g}: three weights of a column become four, in the tile's columns 0 to 2. */
    private void transformColumn(float[] values, int at, int to, int column) {
        float[] m0 = matrices[column];
        float[] m1 = matrices[4 + column];
        float[] m2 = matrices[8 + column];
        float[] m3 = matrices[12 + column];
        for (int k = 0; k < inputs; k++) {
            float g0 = values[at + k];
            float g1 = values[at + k + 3 * inputs];
            float g2 = values[at + k + 6 * inputs];
            m0[to + k] = g0;
            m1[to + k] = 0.5f * (g0 + g2 + g1);
            m2[to + k] = 0.5f * (g0 + g2 - g1);
            m3[to + k] = g2;
        }
    }

    /** {@code (G g) Gᵀ}: the same with the three columns of a row. */
    private void transformRow(int at, int row) {
        float[] m0 = matrices[4 * row];
        float[] m1 = matrices[4 * row + 1];
        float[] m2 = matrices[4 * row + 2];
        float[] m3 = matrices[4 * row + 3];
        for (int k = at; k < at + inputs; k++) {
            float g0 = m0[k];
            float g1 = m1[k];
            float g2 = m2[k];
            m1[k] = 0.5f * (g0 + g2 + g1);
            m2[k] = 0.5f * (g0 + g2 - g1);
            m3[k] = g2;
        }
    }

    /** One worker's scratch memory. */
    final class Scratch {
        private final int[] corners;
        private final int[] tileCorners = new int[TOGETHER];
        private final float[] elements = new float[ELEMENTS * elementStride];
        private final float[] products = new float[ELEMENTS * productStride];

        Scratch(Images images) {
            int[] patches = shape.corners(images);
            int[] table = shape.windows().table();
            this.corners = new int[shape.windows().count()];
            for (int window = 0; window < corners.length; window++) {
                corners[window] = patches[table[4 * window]];
            }
        }

        /**
         * Computes the outputs of the samples {@code from} to {@code to - 1}, which are the current ones of the images.
         */
        void forward(
                Images images,
                int from,
                int to,
                float[] bias,
                int biasAt,
                boolean relu,
                Activations output,
                int[] winners) {
            int total = (to - from) * corners.length;
            for (int first = 0; first < total; first += TOGETHER) {
                int count = Math.min(TOGETHER, total - first);
                for (int i = 0; i < count; i++) {
                    int tile = first + i;
                    tileCorners[i] = images.offset(tile / corners.length) + corners[tile % corners.length];
                }
                kernels.transformTiles(
                        images.values(),
                        tileCorners,
                        count,
                        images.lineStride(),
                        inputs,
                        elements,
                        elementStride,
                        rowStride);
                kernels.multiplyTiles(
                        elements,
                        elementStride,
                        rowStride,
                        count,
                        inputs,
                        panels,
                        packing.panels(),
                        products,
                        productStride);
                for (int i = 0; i < count; i++) {
                    int sample = from + (first + i) / corners.length;
                    int window = (first + i) % corners.length;
                    kernels.reduceTile(
                            shape.windows(),
                            window,
                            products,
                            i * productRow,
                            productStride,
                            bias,
                            biasAt,
                            relu,
                            output.values(),
                            winners,
                            sample * output.stride() + window * shape.channels());
                }
            }
        }
    }
}
