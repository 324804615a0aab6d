package dev.lossforge.runtime.cpu.internal.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Windows of four small patches: their products, the largest product, and the gradients of the weights. */
final class VectorQuads {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> INDEX = IntVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private VectorQuads() {}

    /** One window and one panel: four rows by two vectors of sums, and the largest of each column. */
    static void multiply(
            float[] image,
            int a0,
            int a1,
            int a2,
            int a3,
            int[] taps,
            float[] weights,
            int weightsAt,
            float[] bias,
            int biasAt,
            boolean relu,
            int[] rows,
            int firstRow,
            float[] target,
            int[] winners,
            int targetAt) {
        FloatVector s00 = FloatVector.zero(SPECIES);
        FloatVector s01 = s00;
        FloatVector s10 = s00;
        FloatVector s11 = s00;
        FloatVector s20 = s00;
        FloatVector s21 = s00;
        FloatVector s30 = s00;
        FloatVector s31 = s00;
        for (int k = 0; k < taps.length; k++) {
            int tap = taps[k];
            FloatVector w0 = FloatVector.fromArray(SPECIES, weights, weightsAt + k * VectorMultiply.PANEL_WIDTH);
            FloatVector w1 =
                    FloatVector.fromArray(SPECIES, weights, weightsAt + k * VectorMultiply.PANEL_WIDTH + LANES);
            FloatVector x = FloatVector.broadcast(SPECIES, image[a0 + tap]);
            s00 = x.fma(w0, s00);
            s01 = x.fma(w1, s01);
            x = FloatVector.broadcast(SPECIES, image[a1 + tap]);
            s10 = x.fma(w0, s10);
            s11 = x.fma(w1, s11);
            x = FloatVector.broadcast(SPECIES, image[a2 + tap]);
            s20 = x.fma(w0, s20);
            s21 = x.fma(w1, s21);
            x = FloatVector.broadcast(SPECIES, image[a3 + tap]);
            s30 = x.fma(w0, s30);
            s31 = x.fma(w1, s31);
        }
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector best0 = s00;
        IntVector winner0 = IntVector.broadcast(INDEX, rows[firstRow]);
        VectorMask<Float> wins10 = s10.compare(VectorOperators.GT, best0).or(s10.compare(VectorOperators.NE, s10));
        best0 = best0.blend(s10, wins10);
        winner0 = winner0.blend(rows[firstRow + 1], wins10.cast(INDEX));
        VectorMask<Float> wins20 = s20.compare(VectorOperators.GT, best0).or(s20.compare(VectorOperators.NE, s20));
        best0 = best0.blend(s20, wins20);
        winner0 = winner0.blend(rows[firstRow + 2], wins20.cast(INDEX));
        VectorMask<Float> wins30 = s30.compare(VectorOperators.GT, best0).or(s30.compare(VectorOperators.NE, s30));
        best0 = best0.blend(s30, wins30);
        winner0 = winner0.blend(rows[firstRow + 3], wins30.cast(INDEX));
        best0 = best0.add(FloatVector.fromArray(SPECIES, bias, biasAt));
        if (relu) {
            VectorMask<Float> cut0 = best0.compare(VectorOperators.LE, zero);
            best0 = best0.blend(zero, cut0);
            winner0 = winner0.blend(Windows.NONE, cut0.cast(INDEX));
        }
        best0.intoArray(target, targetAt);
        winner0.intoArray(winners, targetAt);
        FloatVector best1 = s01;
        IntVector winner1 = IntVector.broadcast(INDEX, rows[firstRow]);
        VectorMask<Float> wins11 = s11.compare(VectorOperators.GT, best1).or(s11.compare(VectorOperators.NE, s11));
        best1 = best1.blend(s11, wins11);
        winner1 = winner1.blend(rows[firstRow + 1], wins11.cast(INDEX));
        VectorMask<Float> wins21 = s21.compare(VectorOperators.GT, best1).or(s21.compare(VectorOperators.NE, s21));
        best1 = best1.blend(s21, wins21);
        winner1 = winner1.blend(rows[firstRow + 2], wins21.cast(INDEX));
        VectorMask<Float> wins31 = s31.compare(VectorOperators.GT, best1).or(s31.compare(VectorOperators.NE, s31));
        best1 = best1.blend(s31, wins31);
        winner1 = winner1.blend(rows[firstRow + 3], wins31.cast(INDEX));
        best1 = best1.add(FloatVector.fromArray(SPECIES, bias, biasAt + LANES));
        if (relu) {
            VectorMask<Float> cut1 = best1.compare(VectorOperators.LE, zero);
            best1 = best1.blend(zero, cut1);
            winner1 = winner1.blend(Windows.NONE, cut1.cast(INDEX));
        }
        best1.intoArray(target, targetAt + LANES);
        winner1.intoArray(winners, targetAt + LANES);
    }

    /** See {@link QuadKernels#addTapGradients}; handles one vector of channels from {@code channel} on. */
    static void addTapGradients(
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
            int sumsAt) {
        int[] rows = windows.table();
        int channels = windows.channels();
        FloatVector zero = FloatVector.zero(SPECIES);
        int tap0 = at + taps[firstTap];
        int tap1 = at + taps[firstTap + 1];
        int tap2 = at + taps[firstTap + 2];
        int tap3 = at + taps[firstTap + 3];
        int tap4 = at + taps[firstTap + 4];
        int tap5 = at + taps[firstTap + 5];
        int tap6 = at + taps[firstTap + 6];
        int tap7 = at + taps[firstTap + 7];
        int tap8 = at + taps[firstTap + 8];
        FloatVector s0 = FloatVector.fromArray(SPECIES, sums, sumsAt);
        FloatVector s1 = FloatVector.fromArray(SPECIES, sums, sumsAt + columns);
        FloatVector s2 = FloatVector.fromArray(SPECIES, sums, sumsAt + 2 * columns);
        FloatVector s3 = FloatVector.fromArray(SPECIES, sums, sumsAt + 3 * columns);
        FloatVector s4 = FloatVector.fromArray(SPECIES, sums, sumsAt + 4 * columns);
        FloatVector s5 = FloatVector.fromArray(SPECIES, sums, sumsAt + 5 * columns);
        FloatVector s6 = FloatVector.fromArray(SPECIES, sums, sumsAt + 6 * columns);
        FloatVector s7 = FloatVector.fromArray(SPECIES, sums, sumsAt + 7 * columns);
        FloatVector s8 = FloatVector.fromArray(SPECIES, sums, sumsAt + 8 * columns);
        FloatVector s9 = FloatVector.fromArray(SPECIES, sums, sumsAt + 9 * columns);
        for (int e = 0; e < rows.length; e++) {
            int row = rows[e];
            int result = resultsAt + (e >> 2) * channels;
            VectorMask<Float> won = IntVector.fromArray(INDEX, winners, result)
                    .compare(VectorOperators.EQ, row)
                    .cast(SPECIES);
            FloatVector gradient = zero.blend(FloatVector.fromArray(SPECIES, gradients, result), won);
            int corner = corners[row];
            s0 = FloatVector.broadcast(SPECIES, image[corner + tap0]).fma(gradient, s0);
            s1 = FloatVector.broadcast(SPECIES, image[corner + tap1]).fma(gradient, s1);
            s2 = FloatVector.broadcast(SPECIES, image[corner + tap2]).fma(gradient, s2);
            s3 = FloatVector.broadcast(SPECIES, image[corner + tap3]).fma(gradient, s3);
            s4 = FloatVector.broadcast(SPECIES, image[corner + tap4]).fma(gradient, s4);
            s5 = FloatVector.broadcast(SPECIES, image[corner + tap5]).fma(gradient, s5);
            s6 = FloatVector.broadcast(SPECIES, image[corner + tap6]).fma(gradient, s6);
            s7 = FloatVector.broadcast(SPECIES, image[corner + tap7]).fma(gradient, s7);
            s8 = FloatVector.broadcast(SPECIES, image[corner + tap8]).fma(gradient, s8);
            s9 = s9.add(gradient);
        }
        s0.intoArray(sums, sumsAt);
        s1.intoArray(sums, sumsAt + columns);
        s2.intoArray(sums, sumsAt + 2 * columns);
        s3.intoArray(sums, sumsAt + 3 * columns);
        s4.intoArray(sums, sumsAt + 4 * columns);
        s5.intoArray(sums, sumsAt + 5 * columns);
        s6.intoArray(sums, sumsAt + 6 * columns);
        s7.intoArray(sums, sumsAt + 7 * columns);
        s8.intoArray(sums, sumsAt + 8 * columns);
        s9.intoArray(sums, sumsAt + 9 * columns);
    }

    /** As {@link #addTapGradients}, for one channel. */
    static void addTapGradientsOfChannel(
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
            int sumsAt) {
        for (int window = 0; window < windows.count(); window++) {
            int result = resultsAt + window * windows.channels();
            if (winners[result] != Windows.NONE) {
                float gradient = gradients[result];
                int corner = at + corners[winners[result]];
                for (int k = 0; k < QuadKernels.TAPS; k++) {
                    sums[sumsAt + k * columns] += gradient * image[corner + taps[firstTap + k]];
                }
                sums[sumsAt + QuadKernels.TAPS * columns] += gradient;
            }
        }
    }
}
