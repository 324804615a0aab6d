package sample;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector loops of {@code HuberLoss}.
 */
final class HuberLossVectors {
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;

    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;

    private static final int LANES = FLOATS.length();

    private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;

    private static final VectorShuffle<Double> BY_16 = VectorShuffle.iota(DOUBLES, 16, 1, true);

    private static final VectorShuffle<Double> BY_8 = VectorShuffle.iota(DOUBLES, 8, 1, true);

    private static final VectorShuffle<Double> BY_4 = VectorShuffle.iota(DOUBLES, 4, 1, true);

    private static final VectorShuffle<Double> BY_2 = VectorShuffle.iota(DOUBLES, 2, 1, true);

    private static final VectorShuffle<Double> BY_1 = VectorShuffle.iota(DOUBLES, 1, 1, true);

    private HuberLossVectors() {
    }

    static void gradientInTilesOfFew(int at, int n, float[] p, float[] y, float u, float delta0,
            float[] weights, int at2, float scale, float[] values, int at3, float[] pGradient,
            double[] results) {
        FloatVector sum = FloatVector.broadcast(FLOATS, 0);
        FloatVector c = FloatVector.broadcast(FLOATS, 0.5f);
        FloatVector u2 = FloatVector.broadcast(FLOATS, u);
        FloatVector delta02 = FloatVector.broadcast(FLOATS, delta0);
        int shift = at2 - at;
        FloatVector c2 = FloatVector.broadcast(FLOATS, 0f);
        FloatVector c3 = FloatVector.broadcast(FLOATS, -1f);
        FloatVector c4 = FloatVector.broadcast(FLOATS, 1f);
        FloatVector scale2 = FloatVector.broadcast(FLOATS, scale);
        int shift2 = at3 - at;
        int j = at;
        VectorMask<Float> tail = FLOATS.indexInRange(0, n);
        FloatVector x39 = FloatVector.fromArray(FLOATS, p, j, tail);
        FloatVector x40 = FloatVector.fromArray(FLOATS, y, j, tail);
        FloatVector x41 = x39.sub(x40);
        FloatVector x42 = x41.abs();
        FloatVector x43 = c.mul(x41);
        FloatVector x44 = x43.mul(x41);
        FloatVector x45 = x42.sub(u2);
        FloatVector x46 = delta02.mul(x45);
        VectorMask<Float> mask9 = x42.compare(VectorOperators.LE, delta02);
        FloatVector x47 = x46.blend(x44, mask9);
        FloatVector x48 = FloatVector.fromArray(FLOATS, weights, j + shift, tail);
        FloatVector x49 = x47.mul(x48);
        VectorMask<Float> mask10 = x48.compare(VectorOperators.EQ, c2);
        FloatVector x50 = x49.blend(c2, mask10);
        FloatVector x51 = delta02.blend(x42, mask9);
        VectorMask<Float> mask11 = x41.compare(VectorOperators.LT, c2);
        FloatVector x52 = x41.blend(c3, mask11);
        VectorMask<Float> mask12 = c2.compare(VectorOperators.LT, x41);
        FloatVector x53 = x52.blend(c4, mask12);
        FloatVector x54 = x51.mul(x53);
        FloatVector x55 = x48.mul(scale2);
        FloatVector x56 = x54.mul(x55);
        FloatVector x57 = x56.blend(c2, mask10);
        x50.intoArray(values, j + shift2, tail);
        sum = sum.add(x50, tail);
        x57.intoArray(pGradient, j, tail);
        results[0] = sum(sum);
    }

    static void gradientInTiles(int at, int n, float[] p, float[] y, float u, float delta0,
            float[] weights, int at2, float scale, float[] values, int at3, float[] pGradient,
            double[] results) {
        if (n < LANES) {
            gradientInTilesOfFew(at, n, p, y, u, delta0, weights, at2, scale, values, at3, pGradient, results);
            return;
        }
        int bound = at + FLOATS.loopBound(n);
        FloatVector sum = FloatVector.broadcast(FLOATS, 0);
        FloatVector c = FloatVector.broadcast(FLOATS, 0.5f);
        FloatVector u2 = FloatVector.broadcast(FLOATS, u);
        FloatVector delta02 = FloatVector.broadcast(FLOATS, delta0);
        int shift = at2 - at;
        FloatVector c2 = FloatVector.broadcast(FLOATS, 0f);
        FloatVector c3 = FloatVector.broadcast(FLOATS, -1f);
        FloatVector c4 = FloatVector.broadcast(FLOATS, 1f);
        FloatVector scale2 = FloatVector.broadcast(FLOATS, scale);
        int shift2 = at3 - at;
        for (int j = at; j < bound; j += LANES) {
            FloatVector x = FloatVector.fromArray(FLOATS, p, j);
            FloatVector x2 = FloatVector.fromArray(FLOATS, y, j);
            FloatVector x3 = x.sub(x2);
            FloatVector x4 = x3.abs();
            FloatVector x5 = c.mul(x3);
            FloatVector x6 = x5.mul(x3);
            FloatVector x7 = x4.sub(u2);
            FloatVector x8 = delta02.mul(x7);
            VectorMask<Float> mask = x4.compare(VectorOperators.LE, delta02);
            FloatVector x9 = x8.blend(x6, mask);
            FloatVector x10 = FloatVector.fromArray(FLOATS, weights, j + shift);
            FloatVector x11 = x9.mul(x10);
            VectorMask<Float> mask2 = x10.compare(VectorOperators.EQ, c2);
            FloatVector x12 = x11.blend(c2, mask2);
            FloatVector x13 = delta02.blend(x4, mask);
            VectorMask<Float> mask3 = x3.compare(VectorOperators.LT, c2);
            FloatVector x14 = x3.blend(c3, mask3);
            VectorMask<Float> mask4 = c2.compare(VectorOperators.LT, x3);
            FloatVector x15 = x14.blend(c4, mask4);
            FloatVector x16 = x13.mul(x15);
            FloatVector x17 = x10.mul(scale2);
            FloatVector x18 = x16.mul(x17);
            FloatVector x19 = x18.blend(c2, mask2);
            x12.intoArray(values, j + shift2);
            sum = sum.add(x12);
            x19.intoArray(pGradient, j);
        }
        if (bound < at + n) {
            int j = at + n - LANES;
            VectorMask<Float> tail = FLOATS.indexInRange(j - bound, LANES);
            FloatVector x20 = FloatVector.fromArray(FLOATS, p, j);
            FloatVector x21 = FloatVector.fromArray(FLOATS, y, j);
            FloatVector x22 = x20.sub(x21);
            FloatVector x23 = x22.abs();
            FloatVector x24 = c.mul(x22);
            FloatVector x25 = x24.mul(x22);
            FloatVector x26 = x23.sub(u2);
            FloatVector x27 = delta02.mul(x26);
            VectorMask<Float> mask5 = x23.compare(VectorOperators.LE, delta02);
            FloatVector x28 = x27.blend(x25, mask5);
            FloatVector x29 = FloatVector.fromArray(FLOATS, weights, j + shift);
            FloatVector x30 = x28.mul(x29);
            VectorMask<Float> mask6 = x29.compare(VectorOperators.EQ, c2);
            FloatVector x31 = x30.blend(c2, mask6);
            FloatVector x32 = delta02.blend(x23, mask5);
            VectorMask<Float> mask7 = x22.compare(VectorOperators.LT, c2);
            FloatVector x33 = x22.blend(c3, mask7);
            VectorMask<Float> mask8 = c2.compare(VectorOperators.LT, x22);
            FloatVector x34 = x33.blend(c4, mask8);
            FloatVector x35 = x32.mul(x34);
            FloatVector x36 = x29.mul(scale2);
            FloatVector x37 = x35.mul(x36);
            FloatVector x38 = x37.blend(c2, mask6);
            x31.intoArray(values, j + shift2);
            sum = sum.add(x31, tail);
            x38.intoArray(pGradient, j);
        }
        results[0] = sum(sum);
    }

    static void gradientOfEqualUnits(int at, int n, float[] p, float[] y, float u, float delta0,
            float scale, float[] pGradient, double[] results) {
        int bound = at + FLOATS.loopBound(n);
        FloatVector sum = FloatVector.broadcast(FLOATS, 0);
        FloatVector c = FloatVector.broadcast(FLOATS, 0.5f);
        FloatVector u2 = FloatVector.broadcast(FLOATS, u);
        FloatVector delta02 = FloatVector.broadcast(FLOATS, delta0);
        FloatVector c2 = FloatVector.broadcast(FLOATS, 0f);
        FloatVector c3 = FloatVector.broadcast(FLOATS, -1f);
        FloatVector c4 = FloatVector.broadcast(FLOATS, 1f);
        FloatVector scale2 = FloatVector.broadcast(FLOATS, scale);
        for (int j = at; j < bound; j += LANES) {
            FloatVector x = FloatVector.fromArray(FLOATS, p, j);
            FloatVector x2 = FloatVector.fromArray(FLOATS, y, j);
            FloatVector x3 = x.sub(x2);
            FloatVector x4 = x3.abs();
            FloatVector x5 = c.mul(x3);
            FloatVector x6 = x5.mul(x3);
            FloatVector x7 = x4.sub(u2);
            FloatVector x8 = delta02.mul(x7);
            VectorMask<Float> mask = x4.compare(VectorOperators.LE, delta02);
            FloatVector x9 = x8.blend(x6, mask);
            FloatVector x10 = delta02.blend(x4, mask);
            VectorMask<Float> mask2 = x3.compare(VectorOperators.LT, c2);
            FloatVector x11 = x3.blend(c3, mask2);
            VectorMask<Float> mask3 = c2.compare(VectorOperators.LT, x3);
            FloatVector x12 = x11.blend(c4, mask3);
            FloatVector x13 = x10.mul(x12);
            FloatVector x14 = x13.mul(scale2);
            sum = sum.add(x9);
            x14.intoArray(pGradient, j);
        }
        if (bound < at + n) {
            int j = at + n - LANES;
            VectorMask<Float> tail = FLOATS.indexInRange(j - bound, LANES);
            FloatVector x15 = FloatVector.fromArray(FLOATS, p, j);
            FloatVector x16 = FloatVector.fromArray(FLOATS, y, j);
            FloatVector x17 = x15.sub(x16);
            FloatVector x18 = x17.abs();
            FloatVector x19 = c.mul(x17);
            FloatVector x20 = x19.mul(x17);
            FloatVector x21 = x18.sub(u2);
            FloatVector x22 = delta02.mul(x21);
            VectorMask<Float> mask4 = x18.compare(VectorOperators.LE, delta02);
            FloatVector x23 = x22.blend(x20, mask4);
            FloatVector x24 = delta02.blend(x18, mask4);
            VectorMask<Float> mask5 = x17.compare(VectorOperators.LT, c2);
            FloatVector x25 = x17.blend(c3, mask5);
            VectorMask<Float> mask6 = c2.compare(VectorOperators.LT, x17);
            FloatVector x26 = x25.blend(c4, mask6);
            FloatVector x27 = x24.mul(x26);
            FloatVector x28 = x27.mul(scale2);
            sum = sum.add(x23, tail);
            x28.intoArray(pGradient, j);
        }
        results[0] = sum(sum);
    }

    static void valueInTilesOfFew(int at, int n, float[] p, float[] y, float u, float delta1,
            float[] weights, int at2, float[] values, int at3, double[] results) {
        FloatVector sum = FloatVector.broadcast(FLOATS, 0);
        FloatVector c = FloatVector.broadcast(FLOATS, 0.5f);
        FloatVector u2 = FloatVector.broadcast(FLOATS, u);
        FloatVector delta12 = FloatVector.broadcast(FLOATS, delta1);
        int shift = at2 - at;
        FloatVector c2 = FloatVector.broadcast(FLOATS, 0f);
        int shift2 = at3 - at;
        int j = at;
        VectorMask<Float> tail = FLOATS.indexInRange(0, n);
        FloatVector x25 = FloatVector.fromArray(FLOATS, p, j, tail);
        FloatVector x26 = FloatVector.fromArray(FLOATS, y, j, tail);
        FloatVector x27 = x25.sub(x26);
        FloatVector x28 = x27.abs();
        FloatVector x29 = c.mul(x27);
        FloatVector x30 = x29.mul(x27);
        FloatVector x31 = x28.sub(u2);
        FloatVector x32 = delta12.mul(x31);
        VectorMask<Float> mask5 = x28.compare(VectorOperators.LE, delta12);
        FloatVector x33 = x32.blend(x30, mask5);
        FloatVector x34 = FloatVector.fromArray(FLOATS, weights, j + shift, tail);
        FloatVector x35 = x33.mul(x34);
        VectorMask<Float> mask6 = x34.compare(VectorOperators.EQ, c2);
        FloatVector x36 = x35.blend(c2, mask6);
        x36.intoArray(values, j + shift2, tail);
        sum = sum.add(x36, tail);
        results[0] = sum(sum);
    }

    static void valueInTiles(int at, int n, float[] p, float[] y, float u, float delta1,
            float[] weights, int at2, float[] values, int at3, double[] results) {
        if (n < LANES) {
            valueInTilesOfFew(at, n, p, y, u, delta1, weights, at2, values, at3, results);
            return;
        }
        int bound = at + FLOATS.loopBound(n);
        FloatVector sum = FloatVector.broadcast(FLOATS, 0);
        FloatVector c = FloatVector.broadcast(FLOATS, 0.5f);
        FloatVector u2 = FloatVector.broadcast(FLOATS, u);
        FloatVector delta12 = FloatVector.broadcast(FLOATS, delta1);
        int shift = at2 - at;
        FloatVector c2 = FloatVector.broadcast(FLOATS, 0f);
        int shift2 = at3 - at;
        for (int j = at; j < bound; j += LANES) {
            FloatVector x = FloatVector.fromArray(FLOATS, p, j);
            FloatVector x2 = FloatVector.fromArray(FLOATS, y, j);
            FloatVector x3 = x.sub(x2);
            FloatVector x4 = x3.abs();
            FloatVector x5 = c.mul(x3);
            FloatVector x6 = x5.mul(x3);
            FloatVector x7 = x4.sub(u2);
            FloatVector x8 = delta12.mul(x7);
            VectorMask<Float> mask = x4.compare(VectorOperators.LE, delta12);
            FloatVector x9 = x8.blend(x6, mask);
            FloatVector x10 = FloatVector.fromArray(FLOATS, weights, j + shift);
            FloatVector x11 = x9.mul(x10);
            VectorMask<Float> mask2 = x10.compare(VectorOperators.EQ, c2);
            FloatVector x12 = x11.blend(c2, mask2);
            x12.intoArray(values, j + shift2);
            sum = sum.add(x12);
        }
        if (bound < at + n) {
            int j = at + n - LANES;
            VectorMask<Float> tail = FLOATS.indexInRange(j - bound, LANES);
            FloatVector x13 = FloatVector.fromArray(FLOATS, p, j);
            FloatVector x14 = FloatVector.fromArray(FLOATS, y, j);
            FloatVector x15 = x13.sub(x14);
            FloatVector x16 = x15.abs();
            FloatVector x17 = c.mul(x15);
            FloatVector x18 = x17.mul(x15);
            FloatVector x19 = x16.sub(u2);
            FloatVector x20 = delta12.mul(x19);
            VectorMask<Float> mask3 = x16.compare(VectorOperators.LE, delta12);
            FloatVector x21 = x20.blend(x18, mask3);
            FloatVector x22 = FloatVector.fromArray(FLOATS, weights, j + shift);
            FloatVector x23 = x21.mul(x22);
            VectorMask<Float> mask4 = x22.compare(VectorOperators.EQ, c2);
            FloatVector x24 = x23.blend(c2, mask4);
            x24.intoArray(values, j + shift2);
            sum = sum.add(x24, tail);
        }
        results[0] = sum(sum);
    }

    private static double sum(FloatVector lanes) {
        DoubleVector sum = (DoubleVector) lanes.convertShape(VectorOperators.F2D, DOUBLES, 0);
        DoubleVector others = (DoubleVector) lanes.convertShape(VectorOperators.F2D, DOUBLES, 1);
        sum = sum.add(others);
        if (DOUBLES.length() > 16) {
            sum = sum.add(sum.rearrange(BY_16));
        }
        if (DOUBLES.length() > 8) {
            sum = sum.add(sum.rearrange(BY_8));
        }
        if (DOUBLES.length() > 4) {
            sum = sum.add(sum.rearrange(BY_4));
        }
        if (DOUBLES.length() > 2) {
            sum = sum.add(sum.rearrange(BY_2));
        }
        if (DOUBLES.length() > 1) {
            sum = sum.add(sum.rearrange(BY_1));
        }
        return sum.lane(0);
    }
}
