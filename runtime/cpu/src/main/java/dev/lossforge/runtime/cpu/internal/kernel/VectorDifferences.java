package dev.lossforge.runtime.cpu.internal.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Tiles of differences, 3 rows by 2 vectors: 6 sums, 6 minuends, 2 vectors of the panel and 2 more values are AVX2's 16
 * registers. A difference takes two operations where a product takes one, so half the rows hide the loads.
 *
 * <p>Row {@code i} of {@code a} begins at {@code aAt + i · stride}, row {@code k} of {@code b} at {@code bAt + k ·
 * WIDTH}, and row {@code i} of {@code c} at {@code at + i · WIDTH}.
 */
final class VectorDifferences {
    static final int ROWS = 3;

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final int WIDTH = VectorMultiply.PANEL_WIDTH;

    private VectorDifferences() {}

    /** {@code c = Σ (a − b)²}. */
    static void square(float[] a, int aAt, int stride, float[] b, int bAt, int length, float[] c, int at) {
        FloatVector s00 = FloatVector.zero(SPECIES);
        FloatVector s01 = FloatVector.zero(SPECIES);
        FloatVector s10 = FloatVector.zero(SPECIES);
        FloatVector s11 = FloatVector.zero(SPECIES);
        FloatVector s20 = FloatVector.zero(SPECIES);
        FloatVector s21 = FloatVector.zero(SPECIES);
        for (int k = 0; k < length; k++) {
            FloatVector b0 = FloatVector.fromArray(SPECIES, b, bAt + k * WIDTH);
            FloatVector b1 = FloatVector.fromArray(SPECIES, b, bAt + k * WIDTH + LANES);
            FloatVector x = FloatVector.broadcast(SPECIES, a[aAt + k]);
            s00 = addSquare(x.sub(b0), s00);
            s01 = addSquare(x.sub(b1), s01);
            x = FloatVector.broadcast(SPECIES, a[aAt + stride + k]);
            s10 = addSquare(x.sub(b0), s10);
            s11 = addSquare(x.sub(b1), s11);
            x = FloatVector.broadcast(SPECIES, a[aAt + 2 * stride + k]);
            s20 = addSquare(x.sub(b0), s20);
            s21 = addSquare(x.sub(b1), s21);
        }
        s00.intoArray(c, at);
        s01.intoArray(c, at + LANES);
        s10.intoArray(c, at + WIDTH);
        s11.intoArray(c, at + WIDTH + LANES);
        s20.intoArray(c, at + 2 * WIDTH);
        s21.intoArray(c, at + 2 * WIDTH + LANES);
    }

    /** {@code c = max |a − b|}. */
    static void largest(float[] a, int aAt, int stride, float[] b, int bAt, int length, float[] c, int at) {
        FloatVector s00 = FloatVector.zero(SPECIES);
        FloatVector s01 = FloatVector.zero(SPECIES);
        FloatVector s10 = FloatVector.zero(SPECIES);
        FloatVector s11 = FloatVector.zero(SPECIES);
        FloatVector s20 = FloatVector.zero(SPECIES);
        FloatVector s21 = FloatVector.zero(SPECIES);
        for (int k = 0; k < length; k++) {
            FloatVector b0 = FloatVector.fromArray(SPECIES, b, bAt + k * WIDTH);
            FloatVector b1 = FloatVector.fromArray(SPECIES, b, bAt + k * WIDTH + LANES);
            FloatVector x = FloatVector.broadcast(SPECIES, a[aAt + k]);
            s00 = larger(x.sub(b0).abs(), s00);
            s01 = larger(x.sub(b1).abs(), s01);
            x = FloatVector.broadcast(SPECIES, a[aAt + stride + k]);
            s10 = larger(x.sub(b0).abs(), s10);
            s11 = larger(x.sub(b1).abs(), s11);
            x = FloatVector.broadcast(SPECIES, a[aAt + 2 * stride + k]);
            s20 = larger(x.sub(b0).abs(), s20);
            s21 = larger(x.sub(b1).abs(), s21);
        }
        s00.intoArray(c, at);
        s01.intoArray(c, at + LANES);
        s10.intoArray(c, at + WIDTH);
        s11.intoArray(c, at + WIDTH + LANES);
        s20.intoArray(c, at + 2 * WIDTH);
        s21.intoArray(c, at + 2 * WIDTH + LANES);
    }

    /** {@code c = Σ a · (minuend − b)}. */
    static void weight(
            float[] a, int aAt, int stride, float[] b, int bAt, int length, float[] minuend, float[] c, int at) {
        FloatVector s00 = FloatVector.zero(SPECIES);
        FloatVector s01 = FloatVector.zero(SPECIES);
        FloatVector s10 = FloatVector.zero(SPECIES);
        FloatVector s11 = FloatVector.zero(SPECIES);
        FloatVector s20 = FloatVector.zero(SPECIES);
        FloatVector s21 = FloatVector.zero(SPECIES);
        FloatVector m00 = FloatVector.fromArray(SPECIES, minuend, at);
        FloatVector m01 = FloatVector.fromArray(SPECIES, minuend, at + LANES);
        FloatVector m10 = FloatVector.fromArray(SPECIES, minuend, at + WIDTH);
        FloatVector m11 = FloatVector.fromArray(SPECIES, minuend, at + WIDTH + LANES);
        FloatVector m20 = FloatVector.fromArray(SPECIES, minuend, at + 2 * WIDTH);
        FloatVector m21 = FloatVector.fromArray(SPECIES, minuend, at + 2 * WIDTH + LANES);
        for (int k = 0; k < length; k++) {
            FloatVector b0 = FloatVector.fromArray(SPECIES, b, bAt + k * WIDTH);
            FloatVector b1 = FloatVector.fromArray(SPECIES, b, bAt + k * WIDTH + LANES);
            FloatVector x = FloatVector.broadcast(SPECIES, a[aAt + k]);
            s00 = x.fma(m00.sub(b0), s00);
            s01 = x.fma(m01.sub(b1), s01);
            x = FloatVector.broadcast(SPECIES, a[aAt + stride + k]);
            s10 = x.fma(m10.sub(b0), s10);
            s11 = x.fma(m11.sub(b1), s11);
            x = FloatVector.broadcast(SPECIES, a[aAt + 2 * stride + k]);
            s20 = x.fma(m20.sub(b0), s20);
            s21 = x.fma(m21.sub(b1), s21);
        }
        s00.intoArray(c, at);
        s01.intoArray(c, at + LANES);
        s10.intoArray(c, at + WIDTH);
        s11.intoArray(c, at + WIDTH + LANES);
        s20.intoArray(c, at + 2 * WIDTH);
        s21.intoArray(c, at + 2 * WIDTH + LANES);
    }

    private static FloatVector addSquare(FloatVector difference, FloatVector sum) {
        return difference.fma(difference, sum);
    }

    /** NaN stays, whichever of the two it is. */
    private static FloatVector larger(FloatVector x, FloatVector max) {
        return x.max(max);
    }
}
