package dev.lossforge.runtime.cpu.internal.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Matrix multiplication in tiles of 6 rows by 2 vectors: 12 sums, 2 vectors of weights and 1 broadcast value fill 15 of
 * AVX2's 16 registers, and 12 multiply-adds share 8 loads.
 */
final class VectorMultiply {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    static final int LANES = SPECIES.length();
    static final int PANEL_WIDTH = 2 * LANES;

    private VectorMultiply() {}

    static void multiply(float[] a, int[] rows, int count, Segments segments, float[] b, int panels, float[] c) {
        int length = segments.length();
        for (int panel = 0; panel < panels; panel++) {
            for (int row = 0; row < count; row += Kernels.TILE_ROWS) {
                int target = (row * panels + panel) * PANEL_WIDTH;
                for (int segment = 0; segment < segments.count(); segment++) {
                    int weights = (panel * segments.count() + segment) * length * PANEL_WIDTH;
                    tile(
                            a,
                            rows[row] + segment * segments.stride(),
                            rows[row + 1] + segment * segments.stride(),
                            rows[row + 2] + segment * segments.stride(),
                            rows[row + 3] + segment * segments.stride(),
                            rows[row + 4] + segment * segments.stride(),
                            rows[row + 5] + segment * segments.stride(),
                            length,
                            b,
                            weights,
                            c,
                            target,
                            panels * PANEL_WIDTH,
                            segment > 0);
                }
            }
        }
    }

    /**
     * {@code c = a · b}, where row {@code i} of {@code a} begins at {@code aAt + i · rowStride} and {@code c} at
     * {@code cAt}.
     */
    static void multiplyMatrix(
            float[] a, int aAt, int rowStride, int count, int length, float[] b, int panels, float[] c, int cAt) {
        for (int panel = 0; panel < panels; panel++) {
            for (int row = 0; row < count; row += Kernels.TILE_ROWS) {
                int first = aAt + row * rowStride;
                tile(
                        a,
                        first,
                        first + rowStride,
                        first + 2 * rowStride,
                        first + 3 * rowStride,
                        first + 4 * rowStride,
                        first + 5 * rowStride,
                        length,
                        b,
                        panel * length * PANEL_WIDTH,
                        c,
                        cAt + (row * panels + panel) * PANEL_WIDTH,
                        panels * PANEL_WIDTH,
                        false);
            }
        }
    }

    /**
     * {@code c = a · b} for one tile: row {@code i} of {@code a} begins at {@code aAt + i · rowStride}, row {@code k}
     * of {@code b} at {@code bAt + k · PANEL_WIDTH}, and row {@code i} of {@code c} at {@code i · PANEL_WIDTH}.
     */
    static void multiplyTile(float[] a, int aAt, int rowStride, int length, float[] b, int bAt, float[] c) {
        tile(
                a,
                aAt,
                aAt + rowStride,
                aAt + 2 * rowStride,
                aAt + 3 * rowStride,
                aAt + 4 * rowStride,
                aAt + 5 * rowStride,
                length,
                b,
                bAt,
                c,
                0,
                PANEL_WIDTH,
                false);
    }

    /** One tile over one segment, added to what {@code c} holds if {@code add}. */
    private static void tile(
            float[] a,
            int a0,
            int a1,
            int a2,
            int a3,
            int a4,
            int a5,
            int length,
            float[] b,
            int weights,
            float[] c,
            int target,
            int stride,
            boolean add) {
        int c0 = target;
        int c1 = c0 + stride;
        int c2 = c1 + stride;
        int c3 = c2 + stride;
        int c4 = c3 + stride;
        int c5 = c4 + stride;
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector s00 = add ? FloatVector.fromArray(SPECIES, c, c0) : zero;
        FloatVector s01 = add ? FloatVector.fromArray(SPECIES, c, c0 + LANES) : zero;
        FloatVector s10 = add ? FloatVector.fromArray(SPECIES, c, c1) : zero;
        FloatVector s11 = add ? FloatVector.fromArray(SPECIES, c, c1 + LANES) : zero;
        FloatVector s20 = add ? FloatVector.fromArray(SPECIES, c, c2) : zero;
        FloatVector s21 = add ? FloatVector.fromArray(SPECIES, c, c2 + LANES) : zero;
        FloatVector s30 = add ? FloatVector.fromArray(SPECIES, c, c3) : zero;
        FloatVector s31 = add ? FloatVector.fromArray(SPECIES, c, c3 + LANES) : zero;
        FloatVector s40 = add ? FloatVector.fromArray(SPECIES, c, c4) : zero;
        FloatVector s41 = add ? FloatVector.fromArray(SPECIES, c, c4 + LANES) : zero;
        FloatVector s50 = add ? FloatVector.fromArray(SPECIES, c, c5) : zero;
        FloatVector s51 = add ? FloatVector.fromArray(SPECIES, c, c5 + LANES) : zero;
        for (int k = 0; k < length; k++) {
            FloatVector w0 = FloatVector.fromArray(SPECIES, b, weights + k * PANEL_WIDTH);
            FloatVector w1 = FloatVector.fromArray(SPECIES, b, weights + k * PANEL_WIDTH + LANES);
            FloatVector x = FloatVector.broadcast(SPECIES, a[a0 + k]);
            s00 = x.fma(w0, s00);
            s01 = x.fma(w1, s01);
            x = FloatVector.broadcast(SPECIES, a[a1 + k]);
            s10 = x.fma(w0, s10);
            s11 = x.fma(w1, s11);
            x = FloatVector.broadcast(SPECIES, a[a2 + k]);
            s20 = x.fma(w0, s20);
            s21 = x.fma(w1, s21);
            x = FloatVector.broadcast(SPECIES, a[a3 + k]);
            s30 = x.fma(w0, s30);
            s31 = x.fma(w1, s31);
            x = FloatVector.broadcast(SPECIES, a[a4 + k]);
            s40 = x.fma(w0, s40);
            s41 = x.fma(w1, s41);
            x = FloatVector.broadcast(SPECIES, a[a5 + k]);
            s50 = x.fma(w0, s50);
            s51 = x.fma(w1, s51);
        }
        s00.intoArray(c, c0);
        s01.intoArray(c, c0 + LANES);
        s10.intoArray(c, c1);
        s11.intoArray(c, c1 + LANES);
        s20.intoArray(c, c2);
        s21.intoArray(c, c2 + LANES);
        s30.intoArray(c, c3);
        s31.intoArray(c, c3 + LANES);
        s40.intoArray(c, c4);
        s41.intoArray(c, c4 + LANES);
        s50.intoArray(c, c5);
        s51.intoArray(c, c5 + LANES);
    }
}
