package dev.lossforge.runtime.cpu.internal.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products in tiles of 4 rows by 3 vectors. 12 sums, 3 loaded vectors and 1 broadcast value fill the 16 registers of
 * AVX2, and 12 multiply-adds share 7 loads. Single vectors process the remaining rows and columns.
 */
final class VectorPatchKernels implements PatchKernels {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final int ROWS = 4;
    private static final int WIDTH = 3 * LANES;

    @Override
    public void addTransposedProducts(
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
            int length) {
        int tiled = channels - channels % ROWS;
        int wide = length - length % WIDTH;
        for (int c = 0; c < tiled; c += ROWS) {
            int row = at + c * targetStride;
            for (int t = 0; t < wide; t += WIDTH) {
                addTransposedTile(
                        target, row + t, targetStride, c, factors, factorRows, source, rows, shift + t, count);
            }
        }
        for (int c = 0; c < channels; c++) {
            int row = at + c * targetStride;
            for (int t = c < tiled ? wide : 0; t < length; t += LANES) {
                addTransposedVector(target, row + t, c, factors, factorRows, source, rows, shift + t, count);
            }
        }
    }

    private static void addTransposedTile(
            float[] target,
            int at,
            int stride,
            int channel,
            float[] factors,
            int[] factorRows,
            float[] source,
            int[] rows,
            int shift,
            int count) {
        int at1 = at + stride;
        int at2 = at1 + stride;
        int at3 = at2 + stride;
        FloatVector s00 = FloatVector.fromArray(SPECIES, target, at);
        FloatVector s01 = FloatVector.fromArray(SPECIES, target, at + LANES);
        FloatVector s02 = FloatVector.fromArray(SPECIES, target, at + 2 * LANES);
        FloatVector s10 = FloatVector.fromArray(SPECIES, target, at1);
        FloatVector s11 = FloatVector.fromArray(SPECIES, target, at1 + LANES);
        FloatVector s12 = FloatVector.fromArray(SPECIES, target, at1 + 2 * LANES);
        FloatVector s20 = FloatVector.fromArray(SPECIES, target, at2);
        FloatVector s21 = FloatVector.fromArray(SPECIES, target, at2 + LANES);
        FloatVector s22 = FloatVector.fromArray(SPECIES, target, at2 + 2 * LANES);
        FloatVector s30 = FloatVector.fromArray(SPECIES, target, at3);
        FloatVector s31 = FloatVector.fromArray(SPECIES, target, at3 + LANES);
        FloatVector s32 = FloatVector.fromArray(SPECIES, target, at3 + 2 * LANES);
        for (int p = 0; p < count; p++) {
            int x = rows[p] + shift;
            int f = factorRows[p] + channel;
            FloatVector x0 = FloatVector.fromArray(SPECIES, source, x);
            FloatVector x1 = FloatVector.fromArray(SPECIES, source, x + LANES);
            FloatVector x2 = FloatVector.fromArray(SPECIES, source, x + 2 * LANES);
            FloatVector factor = FloatVector.broadcast(SPECIES, factors[f]);
            s00 = factor.fma(x0, s00);
            s01 = factor.fma(x1, s01);
            s02 = factor.fma(x2, s02);
            factor = FloatVector.broadcast(SPECIES, factors[f + 1]);
            s10 = factor.fma(x0, s10);
            s11 = factor.fma(x1, s11);
            s12 = factor.fma(x2, s12);
            factor = FloatVector.broadcast(SPECIES, factors[f + 2]);
            s20 = factor.fma(x0, s20);
            s21 = factor.fma(x1, s21);
            s22 = factor.fma(x2, s22);
            factor = FloatVector.broadcast(SPECIES, factors[f + 3]);
            s30 = factor.fma(x0, s30);
            s31 = factor.fma(x1, s31);
            s32 = factor.fma(x2, s32);
        }
        s00.intoArray(target, at);
        s01.intoArray(target, at + LANES);
        s02.intoArray(target, at + 2 * LANES);
        s10.intoArray(target, at1);
        s11.intoArray(target, at1 + LANES);
        s12.intoArray(target, at1 + 2 * LANES);
        s20.intoArray(target, at2);
        s21.intoArray(target, at2 + LANES);
        s22.intoArray(target, at2 + 2 * LANES);
        s30.intoArray(target, at3);
        s31.intoArray(target, at3 + LANES);
        s32.intoArray(target, at3 + 2 * LANES);
    }

    private static void addTransposedVector(
            float[] target,
            int at,
            int channel,
            float[] factors,
            int[] factorRows,
            float[] source,
            int[] rows,
            int shift,
            int count) {
        FloatVector sum = FloatVector.fromArray(SPECIES, target, at);
        for (int p = 0; p < count; p++) {
            FloatVector x = FloatVector.fromArray(SPECIES, source, rows[p] + shift);
            sum = x.fma(FloatVector.broadcast(SPECIES, factors[factorRows[p] + channel]), sum);
        }
        sum.intoArray(target, at);
    }

    @Override
    public void addProducts(
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
            int length) {
        int tiled = count - count % ROWS;
        int wide = length - length % WIDTH;
        for (int t = 0; t < wide; t += WIDTH) {
            for (int p = 0; p < tiled; p += ROWS) {
                addTile(target, rows, p, shift + t, factors, factorRows, source, at + t, sourceStride, channels);
            }
        }
        for (int p = 0; p < count; p++) {
            for (int t = p < tiled ? wide : 0; t < length; t += LANES) {
                int row = rows[p] + shift + t;
                addVector(target, row, factors, factorRows[p], source, at + t, sourceStride, channels);
            }
        }
    }

    private static void addTile(
            float[] target,
            int[] rows,
            int first,
            int shift,
            float[] factors,
            int[] factorRows,
            float[] source,
            int at,
            int stride,
            int channels) {
        int f0 = factorRows[first];
        int f1 = factorRows[first + 1];
        int f2 = factorRows[first + 2];
        int f3 = factorRows[first + 3];
        FloatVector s00 = FloatVector.zero(SPECIES);
        FloatVector s01 = s00;
        FloatVector s02 = s00;
        FloatVector s10 = s00;
        FloatVector s11 = s00;
        FloatVector s12 = s00;
        FloatVector s20 = s00;
        FloatVector s21 = s00;
        FloatVector s22 = s00;
        FloatVector s30 = s00;
        FloatVector s31 = s00;
        FloatVector s32 = s00;
        for (int c = 0; c < channels; c++) {
            int w = at + c * stride;
            FloatVector w0 = FloatVector.fromArray(SPECIES, source, w);
            FloatVector w1 = FloatVector.fromArray(SPECIES, source, w + LANES);
            FloatVector w2 = FloatVector.fromArray(SPECIES, source, w + 2 * LANES);
            FloatVector factor = FloatVector.broadcast(SPECIES, factors[f0 + c]);
            s00 = factor.fma(w0, s00);
            s01 = factor.fma(w1, s01);
            s02 = factor.fma(w2, s02);
            factor = FloatVector.broadcast(SPECIES, factors[f1 + c]);
            s10 = factor.fma(w0, s10);
            s11 = factor.fma(w1, s11);
            s12 = factor.fma(w2, s12);
            factor = FloatVector.broadcast(SPECIES, factors[f2 + c]);
            s20 = factor.fma(w0, s20);
            s21 = factor.fma(w1, s21);
            s22 = factor.fma(w2, s22);
            factor = FloatVector.broadcast(SPECIES, factors[f3 + c]);
            s30 = factor.fma(w0, s30);
            s31 = factor.fma(w1, s31);
            s32 = factor.fma(w2, s32);
        }
        add(target, rows[first] + shift, s00, s01, s02);
        add(target, rows[first + 1] + shift, s10, s11, s12);
        add(target, rows[first + 2] + shift, s20, s21, s22);
        add(target, rows[first + 3] + shift, s30, s31, s32);
    }

    private static void add(float[] target, int at, FloatVector s0, FloatVector s1, FloatVector s2) {
        FloatVector.fromArray(SPECIES, target, at).add(s0).intoArray(target, at);
        FloatVector.fromArray(SPECIES, target, at + LANES).add(s1).intoArray(target, at + LANES);
        FloatVector.fromArray(SPECIES, target, at + 2 * LANES).add(s2).intoArray(target, at + 2 * LANES);
    }

    private static void addVector(
            float[] target,
            int at,
            float[] factors,
            int factorRow,
            float[] source,
            int sourceAt,
            int stride,
            int channels) {
        FloatVector sum = FloatVector.zero(SPECIES);
        for (int c = 0; c < channels; c++) {
            FloatVector w = FloatVector.fromArray(SPECIES, source, sourceAt + c * stride);
            sum = w.fma(FloatVector.broadcast(SPECIES, factors[factorRow + c]), sum);
        }
        FloatVector.fromArray(SPECIES, target, at).add(sum).intoArray(target, at);
    }
}
