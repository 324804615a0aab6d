package sample;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector loops of {@code SoftmaxCrossEntropyLoss}.
 */
final class SoftmaxCrossEntropyLossVectors {
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;

    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;

    private static final int LANES = FLOATS.length();

    private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;

    private static final VectorShuffle<Double> BY_16 = VectorShuffle.iota(DOUBLES, 16, 1, true);

    private static final VectorShuffle<Double> BY_8 = VectorShuffle.iota(DOUBLES, 8, 1, true);

    private static final VectorShuffle<Double> BY_4 = VectorShuffle.iota(DOUBLES, 4, 1, true);

    private static final VectorShuffle<Double> BY_2 = VectorShuffle.iota(DOUBLES, 2, 1, true);

    private static final VectorShuffle<Double> BY_1 = VectorShuffle.iota(DOUBLES, 1, 1, true);

    private SoftmaxCrossEntropyLossVectors() {
    }

    static void gradientInTiles(int n, float[] maxAccumulator0) {
        int end = n;
        FloatVector c = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
        for (int j = 0; j < end; j += LANES) {
            c.intoArray(maxAccumulator0, j);
        }
    }

    static void gradientInTiles2(int at, int n, float[] maxAccumulator0, float[] logitsColumns) {
        int end = at + n;
        for (int j = at; j < end; j += LANES) {
            FloatVector x = FloatVector.fromArray(FLOATS, maxAccumulator0, j - at);
            FloatVector x2 = FloatVector.fromArray(FLOATS, logitsColumns, j);
            VectorMask<Float> mask = x.compare(VectorOperators.LT, x2);
            VectorMask<Float> mask2 = x2.compare(VectorOperators.NE, x2);
            VectorMask<Float> mask3 = mask.or(mask2);
            FloatVector x3 = x.blend(x2, mask3);
            x3.intoArray(maxAccumulator0, j - at);
        }
    }

    static void gradientInTiles3(int n, float[] sumAccumulator0, float[] sumAccumulator1) {
        int end = n;
        FloatVector c = FloatVector.broadcast(FLOATS, 0f);
        for (int j = 0; j < end; j += LANES) {
            c.intoArray(sumAccumulator0, j);
            c.intoArray(sumAccumulator1, j);
        }
    }

    static void gradientInTiles4(int at, int n, float[] logitsColumns, float[] maxAccumulator0,
            float[] sumAccumulator0, float[] sumAccumulator1, float[] expTable0) {
        int end = at + n;
        FloatVector c = FloatVector.broadcast(FLOATS, 1.442695f);
        FloatVector c2 = FloatVector.broadcast(FLOATS, 1.2583103E7f);
        FloatVector c3 = FloatVector.broadcast(FLOATS, -0.6933594f);
        FloatVector c4 = FloatVector.broadcast(FLOATS, 2.1219444E-4f);
        FloatVector c5 = FloatVector.broadcast(FLOATS, 0.0013820742f);
        FloatVector c6 = FloatVector.broadcast(FLOATS, 0.008369248f);
        FloatVector c7 = FloatVector.broadcast(FLOATS, 0.04166828f);
        FloatVector c8 = FloatVector.broadcast(FLOATS, 0.16666517f);
        FloatVector c9 = FloatVector.broadcast(FLOATS, 0.49999994f);
        FloatVector c10 = FloatVector.broadcast(FLOATS, 1f);
        FloatVector c11 = FloatVector.broadcast(FLOATS, 5.421011E-20f);
        FloatVector c12 = FloatVector.broadcast(FLOATS, -104f);
        FloatVector c13 = FloatVector.broadcast(FLOATS, 0f);
        for (int j = at; j < end; j += LANES) {
            FloatVector x = FloatVector.fromArray(FLOATS, logitsColumns, j);
            FloatVector x2 = FloatVector.fromArray(FLOATS, maxAccumulator0, j - at);
            FloatVector x3 = x.sub(x2);
            FloatVector x4 = x3.fma(c, c2);
            FloatVector x5 = x4.sub(c2);
            FloatVector x6 = x5.fma(c3, x3);
            FloatVector x7 = x5.fma(c4, x6);
            IntVector i = x4.reinterpretAsInts();
            IntVector i2 = i.lanewise(VectorOperators.LSHL, 23);
            FloatVector x8 = i2.reinterpretAsFloats();
            FloatVector x9 = c5.fma(x7, c6);
            FloatVector x10 = x9.fma(x7, c7);
            FloatVector x11 = x10.fma(x7, c8);
            FloatVector x12 = x11.fma(x7, c9);
            FloatVector x13 = x7.fma(x12, c10);
            FloatVector x14 = x7.fma(x13, c10);
            FloatVector x15 = x14.mul(x8);
            FloatVector x16 = x15.mul(c11);
            VectorMask<Float> mask = x3.compare(VectorOperators.LT, c12);
            FloatVector x17 = x16.blend(c13, mask);
            VectorMask<Float> mask2 = x2.compare(VectorOperators.LE, x);
            FloatVector x18 = c13.blend(c10, mask2);
            FloatVector x19 = FloatVector.fromArray(FLOATS, sumAccumulator0, j - at);
            FloatVector x20 = x19.add(x18);
            FloatVector x21 = x17.blend(c13, mask2);
            FloatVector x22 = FloatVector.fromArray(FLOATS, sumAccumulator1, j - at);
            FloatVector x23 = x22.add(x21);
            x17.intoArray(expTable0, j);
            x20.intoArray(sumAccumulator0, j - at);
            x23.intoArray(sumAccumulator1, j - at);
        }
    }

    static void gradientInTiles5OfFew(int at, int n, float[] sumAccumulator0,
            float[] sumAccumulator1, int[] label, int[] label0, float[] divide0) {
        FloatVector c = FloatVector.broadcast(FLOATS, 1f);
        int j = at;
        VectorMask<Float> tail = FLOATS.indexInRange(0, n);
        FloatVector x9 = FloatVector.fromArray(FLOATS, sumAccumulator0, j - at);
        FloatVector x10 = FloatVector.fromArray(FLOATS, sumAccumulator1, j - at);
        FloatVector x11 = x9.add(x10);
        FloatVector x12 = c.div(x11);
        IntVector i3 = IntVector.fromArray(INTS, label, j, tail.cast(INTS));
        i3.intoArray(label0, j - at);
        x12.intoArray(divide0, j - at);
    }

    static void gradientInTiles5(int at, int n, float[] sumAccumulator0, float[] sumAccumulator1,
            int[] label, int[] label0, float[] divide0) {
        if (n < LANES) {
            gradientInTiles5OfFew(at, n, sumAccumulator0, sumAccumulator1, label, label0, divide0);
            return;
        }
        int bound = at + FLOATS.loopBound(n);
        FloatVector c = FloatVector.broadcast(FLOATS, 1f);
        for (int j = at; j < bound; j += LANES) {
            FloatVector x = FloatVector.fromArray(FLOATS, sumAccumulator0, j - at);
            FloatVector x2 = FloatVector.fromArray(FLOATS, sumAccumulator1, j - at);
            FloatVector x3 = x.add(x2);
            FloatVector x4 = c.div(x3);
            IntVector i = IntVector.fromArray(INTS, label, j);
            i.intoArray(label0, j - at);
            x4.intoArray(divide0, j - at);
        }
        if (bound < at + n) {
            int j = at + n - LANES;
            FloatVector x5 = FloatVector.fromArray(FLOATS, sumAccumulator0, j - at);
            FloatVector x6 = FloatVector.fromArray(FLOATS, sumAccumulator1, j - at);
            FloatVector x7 = x5.add(x6);
            FloatVector x8 = c.div(x7);
            IntVector i2 = IntVector.fromArray(INTS, label, j);
            i2.intoArray(label0, j - at);
            x8.intoArray(divide0, j - at);
        }
    }

    static void gradientInTiles6OfFew(int at, int n, int[] label0, int i2, float[] expTable0,
            float[] divide0, float[] weights, int at2, float scale, float[] logitsGradientColumns) {
        IntVector i3 = IntVector.broadcast(INTS, i2);
        FloatVector c = FloatVector.broadcast(FLOATS, -1f);
        FloatVector c2 = FloatVector.broadcast(FLOATS, 0f);
        int shift = at2 - at;
        FloatVector scale2 = FloatVector.broadcast(FLOATS, scale);
        int j = at;
        VectorMask<Float> tail = FLOATS.indexInRange(0, n);
        IntVector i5 = IntVector.fromArray(INTS, label0, j - at);
        VectorMask<Float> mask5 = i5.compare(VectorOperators.EQ, i3).cast(FLOATS);
        FloatVector x19 = c2.blend(c, mask5);
        FloatVector x20 = FloatVector.fromArray(FLOATS, expTable0, j);
        FloatVector x21 = FloatVector.fromArray(FLOATS, divide0, j - at);
        FloatVector x22 = x20.mul(x21);
        FloatVector x23 = x19.add(x22);
        FloatVector x24 = FloatVector.fromArray(FLOATS, weights, j + shift, tail);
        FloatVector x25 = x24.mul(scale2);
        FloatVector x26 = x23.mul(x25);
        VectorMask<Float> mask6 = c2.compare(VectorOperators.EQ, x24);
        FloatVector x27 = x26.blend(c2, mask6);
        x27.intoArray(logitsGradientColumns, j);
    }

    static void gradientInTiles6(int at, int n, int[] label0, int i2, float[] expTable0,
            float[] divide0, float[] weights, int at2, float scale, float[] logitsGradientColumns) {
        if (n < LANES) {
            gradientInTiles6OfFew(at, n, label0, i2, expTable0, divide0, weights, at2, scale, logitsGradientColumns);
            return;
        }
        int bound = at + FLOATS.loopBound(n);
        IntVector i3 = IntVector.broadcast(INTS, i2);
        FloatVector c = FloatVector.broadcast(FLOATS, -1f);
        FloatVector c2 = FloatVector.broadcast(FLOATS, 0f);
        int shift = at2 - at;
        FloatVector scale2 = FloatVector.broadcast(FLOATS, scale);
        for (int j = at; j < bound; j += LANES) {
            IntVector i = IntVector.fromArray(INTS, label0, j - at);
            VectorMask<Float> mask = i.compare(VectorOperators.EQ, i3).cast(FLOATS);
            FloatVector x = c2.blend(c, mask);
            FloatVector x2 = FloatVector.fromArray(FLOATS, expTable0, j);
            FloatVector x3 = FloatVector.fromArray(FLOATS, divide0, j - at);
            FloatVector x4 = x2.mul(x3);
            FloatVector x5 = x.add(x4);
            FloatVector x6 = FloatVector.fromArray(FLOATS, weights, j + shift);
            FloatVector x7 = x6.mul(scale2);
            FloatVector x8 = x5.mul(x7);
            VectorMask<Float> mask2 = c2.compare(VectorOperators.EQ, x6);
            FloatVector x9 = x8.blend(c2, mask2);
            x9.intoArray(logitsGradientColumns, j);
        }
        if (bound < at + n) {
            int j = at + n - LANES;
            IntVector i4 = IntVector.fromArray(INTS, label0, j - at);
            VectorMask<Float> mask3 = i4.compare(VectorOperators.EQ, i3).cast(FLOATS);
            FloatVector x10 = c2.blend(c, mask3);
            FloatVector x11 = FloatVector.fromArray(FLOATS, expTable0, j);
            FloatVector x12 = FloatVector.fromArray(FLOATS, divide0, j - at);
            FloatVector x13 = x11.mul(x12);
            FloatVector x14 = x10.add(x13);
            FloatVector x15 = FloatVector.fromArray(FLOATS, weights, j + shift);
            FloatVector x16 = x15.mul(scale2);
            FloatVector x17 = x14.mul(x16);
            VectorMask<Float> mask4 = c2.compare(VectorOperators.EQ, x15);
            FloatVector x18 = x17.blend(c2, mask4);
            x18.intoArray(logitsGradientColumns, j);
        }
    }

    static void gradientInTiles7OfFew(int at, int n, float[] sumAccumulator0,
            float[] sumAccumulator1, float[] maxAccumulator0, float[] computed, float[] weights,
            float[] values, int at2, double[] results) {
        FloatVector sum = FloatVector.broadcast(FLOATS, 0);
        FloatVector c = FloatVector.broadcast(FLOATS, 1f);
        IntVector c2 = IntVector.broadcast(INTS, -1060439283);
        IntVector c3 = IntVector.broadcast(INTS, 1082130432);
        FloatVector c4 = FloatVector.broadcast(FLOATS, 0.25f);
        FloatVector c5 = FloatVector.broadcast(FLOATS, -1f);
        FloatVector c6 = FloatVector.broadcast(FLOATS, 0.07149754f);
        FloatVector c7 = FloatVector.broadcast(FLOATS, -0.11571201f);
        FloatVector c8 = FloatVector.broadcast(FLOATS, 0.11661511f);
        FloatVector c9 = FloatVector.broadcast(FLOATS, -0.1241105f);
        FloatVector c10 = FloatVector.broadcast(FLOATS, 0.14249937f);
        FloatVector c11 = FloatVector.broadcast(FLOATS, -0.1666848f);
        FloatVector c12 = FloatVector.broadcast(FLOATS, 0.20000708f);
        FloatVector c13 = FloatVector.broadcast(FLOATS, -0.2499999f);
        FloatVector c14 = FloatVector.broadcast(FLOATS, 0.3333333f);
        FloatVector c15 = FloatVector.broadcast(FLOATS, -0.5f);
        FloatVector c16 = FloatVector.broadcast(FLOATS, -2.1219444E-4f);
        FloatVector c17 = FloatVector.broadcast(FLOATS, 0.6933594f);
        FloatVector c18 = FloatVector.broadcast(FLOATS, Float.POSITIVE_INFINITY);
        FloatVector c19 = FloatVector.broadcast(FLOATS, 0f);
        FloatVector c20 = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
        FloatVector c21 = FloatVector.broadcast(FLOATS, Float.NaN);
        FloatVector c22 = FloatVector.broadcast(FLOATS, 7.888609E-31f);
        int shift = at2 - at;
        int j = at;
        VectorMask<Float> tail = FLOATS.indexInRange(0, n);
        FloatVector x73 = FloatVector.fromArray(FLOATS, sumAccumulator0, j - at);
        FloatVector x74 = x73.sub(c);
        FloatVector x75 = FloatVector.fromArray(FLOATS, sumAccumulator1, j - at);
        FloatVector x76 = x74.add(x75);
        FloatVector x77 = x76.add(c);
        IntVector i11 = x77.reinterpretAsInts();
        IntVector i12 = i11.add(c2);
        IntVector i13 = i12.lanewise(VectorOperators.ASHR, 23);
        IntVector i14 = i13.lanewise(VectorOperators.LSHL, 23);
        IntVector i15 = c3.sub(i14);
        FloatVector x78 = i15.reinterpretAsFloats();
        FloatVector x79 = x76.mul(c4);
        FloatVector x80 = x78.fma(c4, c5);
        FloatVector x81 = x79.fma(x78, x80);
        FloatVector x82 = (FloatVector) i13.convert(VectorOperators.I2F, 0);
        FloatVector x83 = x81.mul(x81);
        FloatVector x84 = c6.fma(x81, c7);
        FloatVector x85 = x84.fma(x81, c8);
        FloatVector x86 = x85.fma(x81, c9);
        FloatVector x87 = x86.fma(x81, c10);
        FloatVector x88 = x87.fma(x81, c11);
        FloatVector x89 = x88.fma(x81, c12);
        FloatVector x90 = x89.fma(x81, c13);
        FloatVector x91 = x90.fma(x81, c14);
        FloatVector x92 = x91.fma(x81, c15);
        FloatVector x93 = x82.mul(c16);
        FloatVector x94 = x83.fma(x92, x93);
        FloatVector x95 = x81.add(x94);
        FloatVector x96 = x82.fma(c17, x95);
        VectorMask<Float> mask11 = x76.compare(VectorOperators.EQ, c18);
        FloatVector x97 = x96.blend(c18, mask11);
        VectorMask<Float> mask12 = x77.compare(VectorOperators.EQ, c19);
        FloatVector x98 = c21.blend(c20, mask12);
        VectorMask<Float> mask13 = c19.compare(VectorOperators.LT, x77);
        FloatVector x99 = x98.blend(x97, mask13);
        FloatVector x100 = x76.abs();
        VectorMask<Float> mask14 = x100.compare(VectorOperators.LT, c22);
        FloatVector x101 = x99.blend(x76, mask14);
        FloatVector x102 = FloatVector.fromArray(FLOATS, maxAccumulator0, j - at);
        FloatVector x103 = FloatVector.fromArray(FLOATS, computed, j - at);
        FloatVector x104 = x102.sub(x103);
        FloatVector x105 = x101.add(x104);
        FloatVector x106 = FloatVector.fromArray(FLOATS, weights, j, tail);
        FloatVector x107 = x105.mul(x106);
        VectorMask<Float> mask15 = c19.compare(VectorOperators.EQ, x106);
        FloatVector x108 = x107.blend(c19, mask15);
        x108.intoArray(values, j + shift, tail);
        sum = sum.add(x108, tail);
        results[0] = sum(sum);
    }

    static void gradientInTiles7(int at, int n, float[] sumAccumulator0, float[] sumAccumulator1,
            float[] maxAccumulator0, float[] computed, float[] weights, float[] values, int at2,
            double[] results) {
        if (n < LANES) {
            gradientInTiles7OfFew(at, n, sumAccumulator0, sumAccumulator1, maxAccumulator0, computed, weights, values, at2, results);
            return;
        }
        int bound = at + FLOATS.loopBound(n);
        FloatVector sum = FloatVector.broadcast(FLOATS, 0);
        FloatVector c = FloatVector.broadcast(FLOATS, 1f);
        IntVector c2 = IntVector.broadcast(INTS, -1060439283);
        IntVector c3 = IntVector.broadcast(INTS, 1082130432);
        FloatVector c4 = FloatVector.broadcast(FLOATS, 0.25f);
        FloatVector c5 = FloatVector.broadcast(FLOATS, -1f);
        FloatVector c6 = FloatVector.broadcast(FLOATS, 0.07149754f);
        FloatVector c7 = FloatVector.broadcast(FLOATS, -0.11571201f);
        FloatVector c8 = FloatVector.broadcast(FLOATS, 0.11661511f);
        FloatVector c9 = FloatVector.broadcast(FLOATS, -0.1241105f);
        FloatVector c10 = FloatVector.broadcast(FLOATS, 0.14249937f);
        FloatVector c11 = FloatVector.broadcast(FLOATS, -0.1666848f);
        FloatVector c12 = FloatVector.broadcast(FLOATS, 0.20000708f);
        FloatVector c13 = FloatVector.broadcast(FLOATS, -0.2499999f);
        FloatVector c14 = FloatVector.broadcast(FLOATS, 0.3333333f);
        FloatVector c15 = FloatVector.broadcast(FLOATS, -0.5f);
        FloatVector c16 = FloatVector.broadcast(FLOATS, -2.1219444E-4f);
        FloatVector c17 = FloatVector.broadcast(FLOATS, 0.6933594f);
        FloatVector c18 = FloatVector.broadcast(FLOATS, Float.POSITIVE_INFINITY);
        FloatVector c19 = FloatVector.broadcast(FLOATS, 0f);
        FloatVector c20 = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
        FloatVector c21 = FloatVector.broadcast(FLOATS, Float.NaN);
        FloatVector c22 = FloatVector.broadcast(FLOATS, 7.888609E-31f);
        int shift = at2 - at;
        for (int j = at; j < bound; j += LANES) {
            FloatVector x = FloatVector.fromArray(FLOATS, sumAccumulator0, j - at);
            FloatVector x2 = x.sub(c);
            FloatVector x3 = FloatVector.fromArray(FLOATS, sumAccumulator1, j - at);
            FloatVector x4 = x2.add(x3);
            FloatVector x5 = x4.add(c);
            IntVector i = x5.reinterpretAsInts();
            IntVector i2 = i.add(c2);
            IntVector i3 = i2.lanewise(VectorOperators.ASHR, 23);
            IntVector i4 = i3.lanewise(VectorOperators.LSHL, 23);
            IntVector i5 = c3.sub(i4);
            FloatVector x6 = i5.reinterpretAsFloats();
            FloatVector x7 = x4.mul(c4);
            FloatVector x8 = x6.fma(c4, c5);
            FloatVector x9 = x7.fma(x6, x8);
            FloatVector x10 = (FloatVector) i3.convert(VectorOperators.I2F, 0);
            FloatVector x11 = x9.mul(x9);
            FloatVector x12 = c6.fma(x9, c7);
            FloatVector x13 = x12.fma(x9, c8);
            FloatVector x14 = x13.fma(x9, c9);
            FloatVector x15 = x14.fma(x9, c10);
            FloatVector x16 = x15.fma(x9, c11);
            FloatVector x17 = x16.fma(x9, c12);
            FloatVector x18 = x17.fma(x9, c13);
            FloatVector x19 = x18.fma(x9, c14);
            FloatVector x20 = x19.fma(x9, c15);
            FloatVector x21 = x10.mul(c16);
            FloatVector x22 = x11.fma(x20, x21);
            FloatVector x23 = x9.add(x22);
            FloatVector x24 = x10.fma(c17, x23);
            VectorMask<Float> mask = x4.compare(VectorOperators.EQ, c18);
            FloatVector x25 = x24.blend(c18, mask);
            VectorMask<Float> mask2 = x5.compare(VectorOperators.EQ, c19);
            FloatVector x26 = c21.blend(c20, mask2);
            VectorMask<Float> mask3 = c19.compare(VectorOperators.LT, x5);
            FloatVector x27 = x26.blend(x25, mask3);
            FloatVector x28 = x4.abs();
            VectorMask<Float> mask4 = x28.compare(VectorOperators.LT, c22);
            FloatVector x29 = x27.blend(x4, mask4);
            FloatVector x30 = FloatVector.fromArray(FLOATS, maxAccumulator0, j - at);
            FloatVector x31 = FloatVector.fromArray(FLOATS, computed, j - at);
            FloatVector x32 = x30.sub(x31);
            FloatVector x33 = x29.add(x32);
            FloatVector x34 = FloatVector.fromArray(FLOATS, weights, j);
            FloatVector x35 = x33.mul(x34);
            VectorMask<Float> mask5 = c19.compare(VectorOperators.EQ, x34);
            FloatVector x36 = x35.blend(c19, mask5);
            x36.intoArray(values, j + shift);
            sum = sum.add(x36);
        }
        if (bound < at + n) {
            int j = at + n - LANES;
            VectorMask<Float> tail = FLOATS.indexInRange(j - bound, LANES);
            FloatVector x37 = FloatVector.fromArray(FLOATS, sumAccumulator0, j - at);
            FloatVector x38 = x37.sub(c);
            FloatVector x39 = FloatVector.fromArray(FLOATS, sumAccumulator1, j - at);
            FloatVector x40 = x38.add(x39);
            FloatVector x41 = x40.add(c);
            IntVector i6 = x41.reinterpretAsInts();
            IntVector i7 = i6.add(c2);
            IntVector i8 = i7.lanewise(VectorOperators.ASHR, 23);
            IntVector i9 = i8.lanewise(VectorOperators.LSHL, 23);
            IntVector i10 = c3.sub(i9);
            FloatVector x42 = i10.reinterpretAsFloats();
            FloatVector x43 = x40.mul(c4);
            FloatVector x44 = x42.fma(c4, c5);
            FloatVector x45 = x43.fma(x42, x44);
            FloatVector x46 = (FloatVector) i8.convert(VectorOperators.I2F, 0);
            FloatVector x47 = x45.mul(x45);
            FloatVector x48 = c6.fma(x45, c7);
            FloatVector x49 = x48.fma(x45, c8);
            FloatVector x50 = x49.fma(x45, c9);
            FloatVector x51 = x50.fma(x45, c10);
            FloatVector x52 = x51.fma(x45, c11);
            FloatVector x53 = x52.fma(x45, c12);
            FloatVector x54 = x53.fma(x45, c13);
            FloatVector x55 = x54.fma(x45, c14);
            FloatVector x56 = x55.fma(x45, c15);
            FloatVector x57 = x46.mul(c16);
            FloatVector x58 = x47.fma(x56, x57);
            FloatVector x59 = x45.add(x58);
            FloatVector x60 = x46.fma(c17, x59);
            VectorMask<Float> mask6 = x40.compare(VectorOperators.EQ, c18);
            FloatVector x61 = x60.blend(c18, mask6);
            VectorMask<Float> mask7 = x41.compare(VectorOperators.EQ, c19);
            FloatVector x62 = c21.blend(c20, mask7);
            VectorMask<Float> mask8 = c19.compare(VectorOperators.LT, x41);
            FloatVector x63 = x62.blend(x61, mask8);
            FloatVector x64 = x40.abs();
            VectorMask<Float> mask9 = x64.compare(VectorOperators.LT, c22);
            FloatVector x65 = x63.blend(x40, mask9);
            FloatVector x66 = FloatVector.fromArray(FLOATS, maxAccumulator0, j - at);
            FloatVector x67 = FloatVector.fromArray(FLOATS, computed, j - at);
            FloatVector x68 = x66.sub(x67);
            FloatVector x69 = x65.add(x68);
            FloatVector x70 = FloatVector.fromArray(FLOATS, weights, j);
            FloatVector x71 = x69.mul(x70);
            VectorMask<Float> mask10 = c19.compare(VectorOperators.EQ, x70);
            FloatVector x72 = x71.blend(c19, mask10);
            x72.intoArray(values, j + shift);
            sum = sum.add(x72, tail);
        }
        results[0] = sum(sum);
    }

    static void gradientInVectorsOfFew(int at, int n, float[] logits, double[] results) {
        FloatVector greatest = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
        int j = at;
        VectorMask<Float> tail = FLOATS.indexInRange(0, n);
        FloatVector x3 = FloatVector.fromArray(FLOATS, logits, j, tail);
        greatest = greatest.blend(x3, greatest.compare(VectorOperators.LT, x3).or(x3.compare(VectorOperators.NE, x3)).and(tail));
        results[0] = max(greatest);
    }

    static void gradientInVectors(int at, int n, float[] logits, double[] results) {
        if (n < LANES) {
            gradientInVectorsOfFew(at, n, logits, results);
            return;
        }
        int bound = at + FLOATS.loopBound(n);
        FloatVector greatest = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
        for (int j = at; j < bound; j += LANES) {
            FloatVector x = FloatVector.fromArray(FLOATS, logits, j);
            greatest = greatest.blend(x, greatest.compare(VectorOperators.LT, x).or(x.compare(VectorOperators.NE, x)));
        }
        if (bound < at + n) {
            int j = at + n - LANES;
            FloatVector x2 = FloatVector.fromArray(FLOATS, logits, j);
            greatest = greatest.blend(x2, greatest.compare(VectorOperators.LT, x2).or(x2.compare(VectorOperators.NE, x2)));
        }
        results[0] = max(greatest);
    }

    static void gradientInVectors2OfFew(int at, int n, float[] logits, float max0,
            float[] expTable0, int at2, double[] results) {
        FloatVector sum = FloatVector.broadcast(FLOATS, 0);
        FloatVector sum2 = FloatVector.broadcast(FLOATS, 0);
        FloatVector max02 = FloatVector.broadcast(FLOATS, max0);
        FloatVector c = FloatVector.broadcast(FLOATS, 1.442695f);
        FloatVector c2 = FloatVector.broadcast(FLOATS, 1.2583103E7f);
        FloatVector c3 = FloatVector.broadcast(FLOATS, -0.6933594f);
        FloatVector c4 = FloatVector.broadcast(FLOATS, 2.1219444E-4f);
        FloatVector c5 = FloatVector.broadcast(FLOATS, 0.0013820742f);
        FloatVector c6 = FloatVector.broadcast(FLOATS, 0.008369248f);
        FloatVector c7 = FloatVector.broadcast(FLOATS, 0.04166828f);
        FloatVector c8 = FloatVector.broadcast(FLOATS, 0.16666517f);
        FloatVector c9 = FloatVector.broadcast(FLOATS, 0.49999994f);
        FloatVector c10 = FloatVector.broadcast(FLOATS, 1f);
        FloatVector c11 = FloatVector.broadcast(FLOATS, 5.421011E-20f);
        FloatVector c12 = FloatVector.broadcast(FLOATS, -104f);
        FloatVector c13 = FloatVector.broadcast(FLOATS, 0f);
        int shift = at2 - at;
        int j = at;
        VectorMask<Float> tail = FLOATS.indexInRange(0, n);
        FloatVector x37 = FloatVector.fromArray(FLOATS, logits, j, tail);
        FloatVector x38 = x37.sub(max02);
        FloatVector x39 = x38.fma(c, c2);
        FloatVector x40 = x39.sub(c2);
        FloatVector x41 = x40.fma(c3, x38);
        FloatVector x42 = x40.fma(c4, x41);
        IntVector i5 = x39.reinterpretAsInts();
        IntVector i6 = i5.lanewise(VectorOperators.LSHL, 23);
        FloatVector x43 = i6.reinterpretAsFloats();
        FloatVector x44 = c5.fma(x42, c6);
        FloatVector x45 = x44.fma(x42, c7);
        FloatVector x46 = x45.fma(x42, c8);
        FloatVector x47 = x46.fma(x42, c9);
        FloatVector x48 = x42.fma(x47, c10);
        FloatVector x49 = x42.fma(x48, c10);
        FloatVector x50 = x49.mul(x43);
        FloatVector x51 = x50.mul(c11);
        VectorMask<Float> mask5 = x38.compare(VectorOperators.LT, c12);
        FloatVector x52 = x51.blend(c13, mask5);
        VectorMask<Float> mask6 = max02.compare(VectorOperators.LE, x37);
        FloatVector x53 = c13.blend(c10, mask6);
        FloatVector x54 = x52.blend(c13, mask6);
        x52.intoArray(expTable0, j + shift, tail);
        sum = sum.add(x53, tail);
        sum2 = sum2.add(x54, tail);
        results[0] = sum(sum);
        results[1] = sum(sum2);
    }

    static void gradientInVectors2(int at, int n, float[] logits, float max0, float[] expTable0,
            int at2, double[] results) {
        if (n < LANES) {
            gradientInVectors2OfFew(at, n, logits, max0, expTable0, at2, results);
            return;
        }
        int bound = at + FLOATS.loopBound(n);
        FloatVector sum = FloatVector.broadcast(FLOATS, 0);
        FloatVector sum2 = FloatVector.broadcast(FLOATS, 0);
        FloatVector max02 = FloatVector.broadcast(FLOATS, max0);
        FloatVector c = FloatVector.broadcast(FLOATS, 1.442695f);
        FloatVector c2 = FloatVector.broadcast(FLOATS, 1.2583103E7f);
        FloatVector c3 = FloatVector.broadcast(FLOATS, -0.6933594f);
        FloatVector c4 = FloatVector.broadcast(FLOATS, 2.1219444E-4f);
        FloatVector c5 = FloatVector.broadcast(FLOATS, 0.0013820742f);
        FloatVector c6 = FloatVector.broadcast(FLOATS, 0.008369248f);
        FloatVector c7 = FloatVector.broadcast(FLOATS, 0.04166828f);
        FloatVector c8 = FloatVector.broadcast(FLOATS, 0.16666517f);
        FloatVector c9 = FloatVector.broadcast(FLOATS, 0.49999994f);
        FloatVector c10 = FloatVector.broadcast(FLOATS, 1f);
        FloatVector c11 = FloatVector.broadcast(FLOATS, 5.421011E-20f);
        FloatVector c12 = FloatVector.broadcast(FLOATS, -104f);
        FloatVector c13 = FloatVector.broadcast(FLOATS, 0f);
        int shift = at2 - at;
        for (int j = at; j < bound; j += LANES) {
            FloatVector x = FloatVector.fromArray(FLOATS, logits, j);
            FloatVector x2 = x.sub(max02);
            FloatVector x3 = x2.fma(c, c2);
            FloatVector x4 = x3.sub(c2);
            FloatVector x5 = x4.fma(c3, x2);
            FloatVector x6 = x4.fma(c4, x5);
            IntVector i = x3.reinterpretAsInts();
            IntVector i2 = i.lanewise(VectorOperators.LSHL, 23);
            FloatVector x7 = i2.reinterpretAsFloats();
            FloatVector x8 = c5.fma(x6, c6);
            FloatVector x9 = x8.fma(x6, c7);
            FloatVector x10 = x9.fma(x6, c8);
            FloatVector x11 = x10.fma(x6, c9);
            FloatVector x12 = x6.fma(x11, c10);
            FloatVector x13 = x6.fma(x12, c10);
            FloatVector x14 = x13.mul(x7);
            FloatVector x15 = x14.mul(c11);
            VectorMask<Float> mask = x2.compare(VectorOperators.LT, c12);
            FloatVector x16 = x15.blend(c13, mask);
            VectorMask<Float> mask2 = max02.compare(VectorOperators.LE, x);
            FloatVector x17 = c13.blend(c10, mask2);
            FloatVector x18 = x16.blend(c13, mask2);
            x16.intoArray(expTable0, j + shift);
            sum = sum.add(x17);
            sum2 = sum2.add(x18);
        }
        if (bound < at + n) {
            int j = at + n - LANES;
            VectorMask<Float> tail = FLOATS.indexInRange(j - bound, LANES);
            FloatVector x19 = FloatVector.fromArray(FLOATS, logits, j);
            FloatVector x20 = x19.sub(max02);
            FloatVector x21 = x20.fma(c, c2);
            FloatVector x22 = x21.sub(c2);
            FloatVector x23 = x22.fma(c3, x20);
            FloatVector x24 = x22.fma(c4, x23);
            IntVector i3 = x21.reinterpretAsInts();
            IntVector i4 = i3.lanewise(VectorOperators.LSHL, 23);
            FloatVector x25 = i4.reinterpretAsFloats();
            FloatVector x26 = c5.fma(x24, c6);
            FloatVector x27 = x26.fma(x24, c7);
            FloatVector x28 = x27.fma(x24, c8);
            FloatVector x29 = x28.fma(x24, c9);
            FloatVector x30 = x24.fma(x29, c10);
            FloatVector x31 = x24.fma(x30, c10);
            FloatVector x32 = x31.mul(x25);
            FloatVector x33 = x32.mul(c11);
            VectorMask<Float> mask3 = x20.compare(VectorOperators.LT, c12);
            FloatVector x34 = x33.blend(c13, mask3);
            VectorMask<Float> mask4 = max02.compare(VectorOperators.LE, x19);
            FloatVector x35 = c13.blend(c10, mask4);
            FloatVector x36 = x34.blend(c13, mask4);
            x34.intoArray(expTable0, j + shift);
            sum = sum.add(x35, tail);
            sum2 = sum2.add(x36, tail);
        }
        results[0] = sum(sum);
        results[1] = sum(sum2);
    }

    static void gradientInVectors3OfFew(int at, int n, int start3, int label0, float[] expTable0,
            float divide0, float scale, float[] logitsGradient, int at2) {
        IntVector number = IntVector.zero(INTS).addIndex(1);
        IntVector start32 = IntVector.broadcast(INTS, start3);
        IntVector label02 = IntVector.broadcast(INTS, label0);
        FloatVector c = FloatVector.broadcast(FLOATS, -1f);
        FloatVector c2 = FloatVector.broadcast(FLOATS, 0f);
        FloatVector divide02 = FloatVector.broadcast(FLOATS, divide0);
        FloatVector scale2 = FloatVector.broadcast(FLOATS, scale);
        int shift = at2 - at;
        int j = at;
        VectorMask<Float> tail = FLOATS.indexInRange(0, n);
        IntVector i5 = number.add(j - at);
        IntVector i6 = i5.add(start32);
        VectorMask<Float> mask3 = i6.compare(VectorOperators.EQ, label02).cast(FLOATS);
        FloatVector x11 = c2.blend(c, mask3);
        FloatVector x12 = FloatVector.fromArray(FLOATS, expTable0, j, tail);
        FloatVector x13 = x12.mul(divide02);
        FloatVector x14 = x11.add(x13);
        FloatVector x15 = x14.mul(scale2);
        x15.intoArray(logitsGradient, j + shift, tail);
    }

    static void gradientInVectors3(int at, int n, int start3, int label0, float[] expTable0,
            float divide0, float scale, float[] logitsGradient, int at2) {
        if (n < LANES) {
            gradientInVectors3OfFew(at, n, start3, label0, expTable0, divide0, scale, logitsGradient, at2);
            return;
        }
        int bound = at + FLOATS.loopBound(n);
        IntVector number = IntVector.zero(INTS).addIndex(1);
        IntVector start32 = IntVector.broadcast(INTS, start3);
        IntVector label02 = IntVector.broadcast(INTS, label0);
        FloatVector c = FloatVector.broadcast(FLOATS, -1f);
        FloatVector c2 = FloatVector.broadcast(FLOATS, 0f);
        FloatVector divide02 = FloatVector.broadcast(FLOATS, divide0);
        FloatVector scale2 = FloatVector.broadcast(FLOATS, scale);
        int shift = at2 - at;
        for (int j = at; j < bound; j += LANES) {
            IntVector i = number.add(j - at);
            IntVector i2 = i.add(start32);
            VectorMask<Float> mask = i2.compare(VectorOperators.EQ, label02).cast(FLOATS);
            FloatVector x = c2.blend(c, mask);
            FloatVector x2 = FloatVector.fromArray(FLOATS, expTable0, j);
            FloatVector x3 = x2.mul(divide02);
            FloatVector x4 = x.add(x3);
            FloatVector x5 = x4.mul(scale2);
            x5.intoArray(logitsGradient, j + shift);
        }
        if (bound < at + n) {
            int j = at + n - LANES;
            IntVector i3 = number.add(j - at);
            IntVector i4 = i3.add(start32);
            VectorMask<Float> mask2 = i4.compare(VectorOperators.EQ, label02).cast(FLOATS);
            FloatVector x6 = c2.blend(c, mask2);
            FloatVector x7 = FloatVector.fromArray(FLOATS, expTable0, j);
            FloatVector x8 = x7.mul(divide02);
            FloatVector x9 = x6.add(x8);
            FloatVector x10 = x9.mul(scale2);
            x10.intoArray(logitsGradient, j + shift);
        }
    }

    static void valueInTiles(int n, float[] maxAccumulator1) {
        int end = n;
        FloatVector c = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
        for (int j = 0; j < end; j += LANES) {
            c.intoArray(maxAccumulator1, j);
        }
    }

    static void valueInTiles2(int at, int n, float[] maxAccumulator1, float[] logitsColumns) {
        int end = at + n;
        for (int j = at; j < end; j += LANES) {
            FloatVector x = FloatVector.fromArray(FLOATS, maxAccumulator1, j - at);
            FloatVector x2 = FloatVector.fromArray(FLOATS, logitsColumns, j);
            VectorMask<Float> mask = x.compare(VectorOperators.LT, x2);
            VectorMask<Float> mask2 = x2.compare(VectorOperators.NE, x2);
            VectorMask<Float> mask3 = mask.or(mask2);
            FloatVector x3 = x.blend(x2, mask3);
            x3.intoArray(maxAccumulator1, j - at);
        }
    }

    static void valueInTiles3(int n, float[] sumAccumulator2, float[] sumAccumulator3) {
        int end = n;
        FloatVector c = FloatVector.broadcast(FLOATS, 0f);
        for (int j = 0; j < end; j += LANES) {
            c.intoArray(sumAccumulator2, j);
            c.intoArray(sumAccumulator3, j);
        }
    }

    static void valueInTiles4(int at, int n, float[] maxAccumulator1, float[] logitsColumns,
            float[] sumAccumulator2, float[] sumAccumulator3) {
        int end = at + n;
        FloatVector c = FloatVector.broadcast(FLOATS, 1f);
        FloatVector c2 = FloatVector.broadcast(FLOATS, 0f);
        FloatVector c3 = FloatVector.broadcast(FLOATS, 1.442695f);
        FloatVector c4 = FloatVector.broadcast(FLOATS, 1.2583103E7f);
        FloatVector c5 = FloatVector.broadcast(FLOATS, -0.6933594f);
        FloatVector c6 = FloatVector.broadcast(FLOATS, 2.1219444E-4f);
        FloatVector c7 = FloatVector.broadcast(FLOATS, 0.0013820742f);
        FloatVector c8 = FloatVector.broadcast(FLOATS, 0.008369248f);
        FloatVector c9 = FloatVector.broadcast(FLOATS, 0.04166828f);
        FloatVector c10 = FloatVector.broadcast(FLOATS, 0.16666517f);
        FloatVector c11 = FloatVector.broadcast(FLOATS, 0.49999994f);
        FloatVector c12 = FloatVector.broadcast(FLOATS, 5.421011E-20f);
        FloatVector c13 = FloatVector.broadcast(FLOATS, -104f);
        for (int j = at; j < end; j += LANES) {
            FloatVector x = FloatVector.fromArray(FLOATS, maxAccumulator1, j - at);
            FloatVector x2 = FloatVector.fromArray(FLOATS, logitsColumns, j);
            VectorMask<Float> mask = x.compare(VectorOperators.LE, x2);
            FloatVector x3 = c2.blend(c, mask);
            FloatVector x4 = FloatVector.fromArray(FLOATS, sumAccumulator2, j - at);
            FloatVector x5 = x4.add(x3);
            FloatVector x6 = x2.sub(x);
            FloatVector x7 = x6.fma(c3, c4);
            FloatVector x8 = x7.sub(c4);
            FloatVector x9 = x8.fma(c5, x6);
            FloatVector x10 = x8.fma(c6, x9);
            IntVector i = x7.reinterpretAsInts();
            IntVector i2 = i.lanewise(VectorOperators.LSHL, 23);
            FloatVector x11 = i2.reinterpretAsFloats();
            FloatVector x12 = c7.fma(x10, c8);
            FloatVector x13 = x12.fma(x10, c9);
            FloatVector x14 = x13.fma(x10, c10);
            FloatVector x15 = x14.fma(x10, c11);
            FloatVector x16 = x10.fma(x15, c);
            FloatVector x17 = x10.fma(x16, c);
            FloatVector x18 = x17.mul(x11);
            FloatVector x19 = x18.mul(c12);
            VectorMask<Float> mask2 = x6.compare(VectorOperators.LT, c13);
            FloatVector x20 = x19.blend(c2, mask2);
            FloatVector x21 = x20.blend(c2, mask);
            FloatVector x22 = FloatVector.fromArray(FLOATS, sumAccumulator3, j - at);
            FloatVector x23 = x22.add(x21);
            x5.intoArray(sumAccumulator2, j - at);
            x23.intoArray(sumAccumulator3, j - at);
        }
    }

    static void valueInTiles5OfFew(int at, int n, float[] sumAccumulator2, float[] sumAccumulator3,
            float[] maxAccumulator1, float[] computed, float[] weights, float[] values, int at2,
            double[] results) {
        FloatVector sum = FloatVector.broadcast(FLOATS, 0);
        FloatVector c = FloatVector.broadcast(FLOATS, 1f);
        IntVector c2 = IntVector.broadcast(INTS, -1060439283);
        IntVector c3 = IntVector.broadcast(INTS, 1082130432);
        FloatVector c4 = FloatVector.broadcast(FLOATS, 0.25f);
        FloatVector c5 = FloatVector.broadcast(FLOATS, -1f);
        FloatVector c6 = FloatVector.broadcast(FLOATS, 0.07149754f);
        FloatVector c7 = FloatVector.broadcast(FLOATS, -0.11571201f);
        FloatVector c8 = FloatVector.broadcast(FLOATS, 0.11661511f);
        FloatVector c9 = FloatVector.broadcast(FLOATS, -0.1241105f);
        FloatVector c10 = FloatVector.broadcast(FLOATS, 0.14249937f);
        FloatVector c11 = FloatVector.broadcast(FLOATS, -0.1666848f);
        FloatVector c12 = FloatVector.broadcast(FLOATS, 0.20000708f);
        FloatVector c13 = FloatVector.broadcast(FLOATS, -0.2499999f);
        FloatVector c14 = FloatVector.broadcast(FLOATS, 0.3333333f);
        FloatVector c15 = FloatVector.broadcast(FLOATS, -0.5f);
        FloatVector c16 = FloatVector.broadcast(FLOATS, -2.1219444E-4f);
        FloatVector c17 = FloatVector.broadcast(FLOATS, 0.6933594f);
        FloatVector c18 = FloatVector.broadcast(FLOATS, Float.POSITIVE_INFINITY);
        FloatVector c19 = FloatVector.broadcast(FLOATS, 0f);
        FloatVector c20 = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
        FloatVector c21 = FloatVector.broadcast(FLOATS, Float.NaN);
        FloatVector c22 = FloatVector.broadcast(FLOATS, 7.888609E-31f);
        int shift = at2 - at;
        int j = at;
        VectorMask<Float> tail = FLOATS.indexInRange(0, n);
        FloatVector x73 = FloatVector.fromArray(FLOATS, sumAccumulator2, j - at);
        FloatVector x74 = x73.sub(c);
        FloatVector x75 = FloatVector.fromArray(FLOATS, sumAccumulator3, j - at);
        FloatVector x76 = x74.add(x75);
        FloatVector x77 = x76.add(c);
        IntVector i11 = x77.reinterpretAsInts();
        IntVector i12 = i11.add(c2);
        IntVector i13 = i12.lanewise(VectorOperators.ASHR, 23);
        IntVector i14 = i13.lanewise(VectorOperators.LSHL, 23);
        IntVector i15 = c3.sub(i14);
        FloatVector x78 = i15.reinterpretAsFloats();
        FloatVector x79 = x76.mul(c4);
        FloatVector x80 = x78.fma(c4, c5);
        FloatVector x81 = x79.fma(x78, x80);
        FloatVector x82 = (FloatVector) i13.convert(VectorOperators.I2F, 0);
        FloatVector x83 = x81.mul(x81);
        FloatVector x84 = c6.fma(x81, c7);
        FloatVector x85 = x84.fma(x81, c8);
        FloatVector x86 = x85.fma(x81, c9);
        FloatVector x87 = x86.fma(x81, c10);
        FloatVector x88 = x87.fma(x81, c11);
        FloatVector x89 = x88.fma(x81, c12);
        FloatVector x90 = x89.fma(x81, c13);
        FloatVector x91 = x90.fma(x81, c14);
        FloatVector x92 = x91.fma(x81, c15);
        FloatVector x93 = x82.mul(c16);
        FloatVector x94 = x83.fma(x92, x93);
        FloatVector x95 = x81.add(x94);
        FloatVector x96 = x82.fma(c17, x95);
        VectorMask<Float> mask11 = x76.compare(VectorOperators.EQ, c18);
        FloatVector x97 = x96.blend(c18, mask11);
        VectorMask<Float> mask12 = x77.compare(VectorOperators.EQ, c19);
        FloatVector x98 = c21.blend(c20, mask12);
        VectorMask<Float> mask13 = c19.compare(VectorOperators.LT, x77);
        FloatVector x99 = x98.blend(x97, mask13);
        FloatVector x100 = x76.abs();
        VectorMask<Float> mask14 = x100.compare(VectorOperators.LT, c22);
        FloatVector x101 = x99.blend(x76, mask14);
        FloatVector x102 = FloatVector.fromArray(FLOATS, maxAccumulator1, j - at);
        FloatVector x103 = FloatVector.fromArray(FLOATS, computed, j - at);
        FloatVector x104 = x102.sub(x103);
        FloatVector x105 = x101.add(x104);
        FloatVector x106 = FloatVector.fromArray(FLOATS, weights, j, tail);
        FloatVector x107 = x105.mul(x106);
        VectorMask<Float> mask15 = c19.compare(VectorOperators.EQ, x106);
        FloatVector x108 = x107.blend(c19, mask15);
        x108.intoArray(values, j + shift, tail);
        sum = sum.add(x108, tail);
        results[0] = sum(sum);
    }

    static void valueInTiles5(int at, int n, float[] sumAccumulator2, float[] sumAccumulator3,
            float[] maxAccumulator1, float[] computed, float[] weights, float[] values, int at2,
            double[] results) {
        if (n < LANES) {
            valueInTiles5OfFew(at, n, sumAccumulator2, sumAccumulator3, maxAccumulator1, computed, weights, values, at2, results);
            return;
        }
        int bound = at + FLOATS.loopBound(n);
        FloatVector sum = FloatVector.broadcast(FLOATS, 0);
        FloatVector c = FloatVector.broadcast(FLOATS, 1f);
        IntVector c2 = IntVector.broadcast(INTS, -1060439283);
        IntVector c3 = IntVector.broadcast(INTS, 1082130432);
        FloatVector c4 = FloatVector.broadcast(FLOATS, 0.25f);
        FloatVector c5 = FloatVector.broadcast(FLOATS, -1f);
        FloatVector c6 = FloatVector.broadcast(FLOATS, 0.07149754f);
        FloatVector c7 = FloatVector.broadcast(FLOATS, -0.11571201f);
        FloatVector c8 = FloatVector.broadcast(FLOATS, 0.11661511f);
        FloatVector c9 = FloatVector.broadcast(FLOATS, -0.1241105f);
        FloatVector c10 = FloatVector.broadcast(FLOATS, 0.14249937f);
        FloatVector c11 = FloatVector.broadcast(FLOATS, -0.1666848f);
        FloatVector c12 = FloatVector.broadcast(FLOATS, 0.20000708f);
        FloatVector c13 = FloatVector.broadcast(FLOATS, -0.2499999f);
        FloatVector c14 = FloatVector.broadcast(FLOATS, 0.3333333f);
        FloatVector c15 = FloatVector.broadcast(FLOATS, -0.5f);
        FloatVector c16 = FloatVector.broadcast(FLOATS, -2.1219444E-4f);
        FloatVector c17 = FloatVector.broadcast(FLOATS, 0.6933594f);
        FloatVector c18 = FloatVector.broadcast(FLOATS, Float.POSITIVE_INFINITY);
        FloatVector c19 = FloatVector.broadcast(FLOATS, 0f);
        FloatVector c20 = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
        FloatVector c21 = FloatVector.broadcast(FLOATS, Float.NaN);
        FloatVector c22 = FloatVector.broadcast(FLOATS, 7.888609E-31f);
        int shift = at2 - at;
        for (int j = at; j < bound; j += LANES) {
            FloatVector x = FloatVector.fromArray(FLOATS, sumAccumulator2, j - at);
            FloatVector x2 = x.sub(c);
            FloatVector x3 = FloatVector.fromArray(FLOATS, sumAccumulator3, j - at);
            FloatVector x4 = x2.add(x3);
            FloatVector x5 = x4.add(c);
            IntVector i = x5.reinterpretAsInts();
            IntVector i2 = i.add(c2);
            IntVector i3 = i2.lanewise(VectorOperators.ASHR, 23);
            IntVector i4 = i3.lanewise(VectorOperators.LSHL, 23);
            IntVector i5 = c3.sub(i4);
            FloatVector x6 = i5.reinterpretAsFloats();
            FloatVector x7 = x4.mul(c4);
            FloatVector x8 = x6.fma(c4, c5);
            FloatVector x9 = x7.fma(x6, x8);
            FloatVector x10 = (FloatVector) i3.convert(VectorOperators.I2F, 0);
            FloatVector x11 = x9.mul(x9);
            FloatVector x12 = c6.fma(x9, c7);
            FloatVector x13 = x12.fma(x9, c8);
            FloatVector x14 = x13.fma(x9, c9);
            FloatVector x15 = x14.fma(x9, c10);
            FloatVector x16 = x15.fma(x9, c11);
            FloatVector x17 = x16.fma(x9, c12);
            FloatVector x18 = x17.fma(x9, c13);
            FloatVector x19 = x18.fma(x9, c14);
            FloatVector x20 = x19.fma(x9, c15);
            FloatVector x21 = x10.mul(c16);
            FloatVector x22 = x11.fma(x20, x21);
            FloatVector x23 = x9.add(x22);
            FloatVector x24 = x10.fma(c17, x23);
            VectorMask<Float> mask = x4.compare(VectorOperators.EQ, c18);
            FloatVector x25 = x24.blend(c18, mask);
            VectorMask<Float> mask2 = x5.compare(VectorOperators.EQ, c19);
            FloatVector x26 = c21.blend(c20, mask2);
            VectorMask<Float> mask3 = c19.compare(VectorOperators.LT, x5);
            FloatVector x27 = x26.blend(x25, mask3);
            FloatVector x28 = x4.abs();
            VectorMask<Float> mask4 = x28.compare(VectorOperators.LT, c22);
            FloatVector x29 = x27.blend(x4, mask4);
            FloatVector x30 = FloatVector.fromArray(FLOATS, maxAccumulator1, j - at);
            FloatVector x31 = FloatVector.fromArray(FLOATS, computed, j - at);
            FloatVector x32 = x30.sub(x31);
            FloatVector x33 = x29.add(x32);
            FloatVector x34 = FloatVector.fromArray(FLOATS, weights, j);
            FloatVector x35 = x33.mul(x34);
            VectorMask<Float> mask5 = c19.compare(VectorOperators.EQ, x34);
            FloatVector x36 = x35.blend(c19, mask5);
            x36.intoArray(values, j + shift);
            sum = sum.add(x36);
        }
        if (bound < at + n) {
            int j = at + n - LANES;
            VectorMask<Float> tail = FLOATS.indexInRange(j - bound, LANES);
            FloatVector x37 = FloatVector.fromArray(FLOATS, sumAccumulator2, j - at);
            FloatVector x38 = x37.sub(c);
            FloatVector x39 = FloatVector.fromArray(FLOATS, sumAccumulator3, j - at);
            FloatVector x40 = x38.add(x39);
            FloatVector x41 = x40.add(c);
            IntVector i6 = x41.reinterpretAsInts();
            IntVector i7 = i6.add(c2);
            IntVector i8 = i7.lanewise(VectorOperators.ASHR, 23);
            IntVector i9 = i8.lanewise(VectorOperators.LSHL, 23);
            IntVector i10 = c3.sub(i9);
            FloatVector x42 = i10.reinterpretAsFloats();
            FloatVector x43 = x40.mul(c4);
            FloatVector x44 = x42.fma(c4, c5);
            FloatVector x45 = x43.fma(x42, x44);
            FloatVector x46 = (FloatVector) i8.convert(VectorOperators.I2F, 0);
            FloatVector x47 = x45.mul(x45);
            FloatVector x48 = c6.fma(x45, c7);
            FloatVector x49 = x48.fma(x45, c8);
            FloatVector x50 = x49.fma(x45, c9);
            FloatVector x51 = x50.fma(x45, c10);
            FloatVector x52 = x51.fma(x45, c11);
            FloatVector x53 = x52.fma(x45, c12);
            FloatVector x54 = x53.fma(x45, c13);
            FloatVector x55 = x54.fma(x45, c14);
            FloatVector x56 = x55.fma(x45, c15);
            FloatVector x57 = x46.mul(c16);
            FloatVector x58 = x47.fma(x56, x57);
            FloatVector x59 = x45.add(x58);
            FloatVector x60 = x46.fma(c17, x59);
            VectorMask<Float> mask6 = x40.compare(VectorOperators.EQ, c18);
            FloatVector x61 = x60.blend(c18, mask6);
            VectorMask<Float> mask7 = x41.compare(VectorOperators.EQ, c19);
            FloatVector x62 = c21.blend(c20, mask7);
            VectorMask<Float> mask8 = c19.compare(VectorOperators.LT, x41);
            FloatVector x63 = x62.blend(x61, mask8);
            FloatVector x64 = x40.abs();
            VectorMask<Float> mask9 = x64.compare(VectorOperators.LT, c22);
            FloatVector x65 = x63.blend(x40, mask9);
            FloatVector x66 = FloatVector.fromArray(FLOATS, maxAccumulator1, j - at);
            FloatVector x67 = FloatVector.fromArray(FLOATS, computed, j - at);
            FloatVector x68 = x66.sub(x67);
            FloatVector x69 = x65.add(x68);
            FloatVector x70 = FloatVector.fromArray(FLOATS, weights, j);
            FloatVector x71 = x69.mul(x70);
            VectorMask<Float> mask10 = c19.compare(VectorOperators.EQ, x70);
            FloatVector x72 = x71.blend(c19, mask10);
            x72.intoArray(values, j + shift);
            sum = sum.add(x72, tail);
        }
        results[0] = sum(sum);
    }

    static void valueInVectorsOfFew(int at, int n, float[] logits, double[] results) {
        FloatVector greatest = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
        int j = at;
        VectorMask<Float> tail = FLOATS.indexInRange(0, n);
        FloatVector x3 = FloatVector.fromArray(FLOATS, logits, j, tail);
        greatest = greatest.blend(x3, greatest.compare(VectorOperators.LT, x3).or(x3.compare(VectorOperators.NE, x3)).and(tail));
        results[0] = max(greatest);
    }

    static void valueInVectors(int at, int n, float[] logits, double[] results) {
        if (n < LANES) {
            valueInVectorsOfFew(at, n, logits, results);
            return;
        }
        int bound = at + FLOATS.loopBound(n);
        FloatVector greatest = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
        for (int j = at; j < bound; j += LANES) {
            FloatVector x = FloatVector.fromArray(FLOATS, logits, j);
            greatest = greatest.blend(x, greatest.compare(VectorOperators.LT, x).or(x.compare(VectorOperators.NE, x)));
        }
        if (bound < at + n) {
            int j = at + n - LANES;
            FloatVector x2 = FloatVector.fromArray(FLOATS, logits, j);
            greatest = greatest.blend(x2, greatest.compare(VectorOperators.LT, x2).or(x2.compare(VectorOperators.NE, x2)));
        }
        results[0] = max(greatest);
    }

    static void valueInVectors2OfFew(int at, int n, float max1, float[] logits, double[] results) {
        FloatVector sum = FloatVector.broadcast(FLOATS, 0);
        FloatVector sum2 = FloatVector.broadcast(FLOATS, 0);
        FloatVector max12 = FloatVector.broadcast(FLOATS, max1);
        FloatVector c = FloatVector.broadcast(FLOATS, 1f);
        FloatVector c2 = FloatVector.broadcast(FLOATS, 0f);
        FloatVector c3 = FloatVector.broadcast(FLOATS, 1.442695f);
        FloatVector c4 = FloatVector.broadcast(FLOATS, 1.2583103E7f);
        FloatVector c5 = FloatVector.broadcast(FLOATS, -0.6933594f);
        FloatVector c6 = FloatVector.broadcast(FLOATS, 2.1219444E-4f);
        FloatVector c7 = FloatVector.broadcast(FLOATS, 0.0013820742f);
        FloatVector c8 = FloatVector.broadcast(FLOATS, 0.008369248f);
        FloatVector c9 = FloatVector.broadcast(FLOATS, 0.04166828f);
        FloatVector c10 = FloatVector.broadcast(FLOATS, 0.16666517f);
        FloatVector c11 = FloatVector.broadcast(FLOATS, 0.49999994f);
        FloatVector c12 = FloatVector.broadcast(FLOATS, 5.421011E-20f);
        FloatVector c13 = FloatVector.broadcast(FLOATS, -104f);
        int j = at;
        VectorMask<Float> tail = FLOATS.indexInRange(0, n);
        FloatVector x37 = FloatVector.fromArray(FLOATS, logits, j, tail);
        VectorMask<Float> mask5 = max12.compare(VectorOperators.LE, x37);
        FloatVector x38 = c2.blend(c, mask5);
        FloatVector x39 = x37.sub(max12);
        FloatVector x40 = x39.fma(c3, c4);
        FloatVector x41 = x40.sub(c4);
        FloatVector x42 = x41.fma(c5, x39);
        FloatVector x43 = x41.fma(c6, x42);
        IntVector i5 = x40.reinterpretAsInts();
        IntVector i6 = i5.lanewise(VectorOperators.LSHL, 23);
        FloatVector x44 = i6.reinterpretAsFloats();
        FloatVector x45 = c7.fma(x43, c8);
        FloatVector x46 = x45.fma(x43, c9);
        FloatVector x47 = x46.fma(x43, c10);
        FloatVector x48 = x47.fma(x43, c11);
        FloatVector x49 = x43.fma(x48, c);
        FloatVector x50 = x43.fma(x49, c);
        FloatVector x51 = x50.mul(x44);
        FloatVector x52 = x51.mul(c12);
        VectorMask<Float> mask6 = x39.compare(VectorOperators.LT, c13);
        FloatVector x53 = x52.blend(c2, mask6);
        FloatVector x54 = x53.blend(c2, mask5);
        sum = sum.add(x38, tail);
        sum2 = sum2.add(x54, tail);
        results[0] = sum(sum);
        results[1] = sum(sum2);
    }

    static void valueInVectors2(int at, int n, float max1, float[] logits, double[] results) {
        if (n < LANES) {
            valueInVectors2OfFew(at, n, max1, logits, results);
            return;
        }
        int bound = at + FLOATS.loopBound(n);
        FloatVector sum = FloatVector.broadcast(FLOATS, 0);
        FloatVector sum2 = FloatVector.broadcast(FLOATS, 0);
        FloatVector max12 = FloatVector.broadcast(FLOATS, max1);
        FloatVector c = FloatVector.broadcast(FLOATS, 1f);
        FloatVector c2 = FloatVector.broadcast(FLOATS, 0f);
        FloatVector c3 = FloatVector.broadcast(FLOATS, 1.442695f);
        FloatVector c4 = FloatVector.broadcast(FLOATS, 1.2583103E7f);
        FloatVector c5 = FloatVector.broadcast(FLOATS, -0.6933594f);
        FloatVector c6 = FloatVector.broadcast(FLOATS, 2.1219444E-4f);
        FloatVector c7 = FloatVector.broadcast(FLOATS, 0.0013820742f);
        FloatVector c8 = FloatVector.broadcast(FLOATS, 0.008369248f);
        FloatVector c9 = FloatVector.broadcast(FLOATS, 0.04166828f);
        FloatVector c10 = FloatVector.broadcast(FLOATS, 0.16666517f);
        FloatVector c11 = FloatVector.broadcast(FLOATS, 0.49999994f);
        FloatVector c12 = FloatVector.broadcast(FLOATS, 5.421011E-20f);
        FloatVector c13 = FloatVector.broadcast(FLOATS, -104f);
        for (int j = at; j < bound; j += LANES) {
            FloatVector x = FloatVector.fromArray(FLOATS, logits, j);
            VectorMask<Float> mask = max12.compare(VectorOperators.LE, x);
            FloatVector x2 = c2.blend(c, mask);
            FloatVector x3 = x.sub(max12);
            FloatVector x4 = x3.fma(c3, c4);
            FloatVector x5 = x4.sub(c4);
            FloatVector x6 = x5.fma(c5, x3);
            FloatVector x7 = x5.fma(c6, x6);
            IntVector i = x4.reinterpretAsInts();
            IntVector i2 = i.lanewise(VectorOperators.LSHL, 23);
            FloatVector x8 = i2.reinterpretAsFloats();
            FloatVector x9 = c7.fma(x7, c8);
            FloatVector x10 = x9.fma(x7, c9);
            FloatVector x11 = x10.fma(x7, c10);
            FloatVector x12 = x11.fma(x7, c11);
            FloatVector x13 = x7.fma(x12, c);
            FloatVector x14 = x7.fma(x13, c);
            FloatVector x15 = x14.mul(x8);
            FloatVector x16 = x15.mul(c12);
            VectorMask<Float> mask2 = x3.compare(VectorOperators.LT, c13);
            FloatVector x17 = x16.blend(c2, mask2);
            FloatVector x18 = x17.blend(c2, mask);
            sum = sum.add(x2);
            sum2 = sum2.add(x18);
        }
        if (bound < at + n) {
            int j = at + n - LANES;
            VectorMask<Float> tail = FLOATS.indexInRange(j - bound, LANES);
            FloatVector x19 = FloatVector.fromArray(FLOATS, logits, j);
            VectorMask<Float> mask3 = max12.compare(VectorOperators.LE, x19);
            FloatVector x20 = c2.blend(c, mask3);
            FloatVector x21 = x19.sub(max12);
            FloatVector x22 = x21.fma(c3, c4);
            FloatVector x23 = x22.sub(c4);
            FloatVector x24 = x23.fma(c5, x21);
            FloatVector x25 = x23.fma(c6, x24);
            IntVector i3 = x22.reinterpretAsInts();
            IntVector i4 = i3.lanewise(VectorOperators.LSHL, 23);
            FloatVector x26 = i4.reinterpretAsFloats();
            FloatVector x27 = c7.fma(x25, c8);
            FloatVector x28 = x27.fma(x25, c9);
            FloatVector x29 = x28.fma(x25, c10);
            FloatVector x30 = x29.fma(x25, c11);
            FloatVector x31 = x25.fma(x30, c);
            FloatVector x32 = x25.fma(x31, c);
            FloatVector x33 = x32.mul(x26);
            FloatVector x34 = x33.mul(c12);
            VectorMask<Float> mask4 = x21.compare(VectorOperators.LT, c13);
            FloatVector x35 = x34.blend(c2, mask4);
            FloatVector x36 = x35.blend(c2, mask3);
            sum = sum.add(x20, tail);
            sum2 = sum2.add(x36, tail);
        }
        results[0] = sum(sum);
        results[1] = sum(sum2);
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

    private static float max(FloatVector lanes) {
        IntVector bits = lanes.blend(Float.NaN, lanes.compare(VectorOperators.NE, lanes)).reinterpretAsInts();
        IntVector turned = bits.lanewise(VectorOperators.ASHR, 31).and(Integer.MAX_VALUE);
        int max = bits.lanewise(VectorOperators.XOR, turned).reduceLanes(VectorOperators.MAX);
        return Float.intBitsToFloat(max ^ max >> 31 & Integer.MAX_VALUE);
    }

    static void toColumns(float[] rows, int at, int length, float[] columns, int size, int n) {
        if (length == 1) {
            System.arraycopy(rows, at, columns, 0, n);
            return;
        }
        int[] order = new int[LANES];
        for (int k = 0; k < LANES; k++) {
            order[k] = k * length;
        }
        int bound = FLOATS.loopBound(n);
        for (int k = 0; k < bound; k += LANES) {
            int row = at + k * length;
            for (int j = 0; j < length; j++) {
                FloatVector.fromArray(FLOATS, rows, row + j, order, 0).intoArray(columns, j * size + k);
            }
        }
        for (int k = bound; k < n; k++) {
            for (int j = 0; j < length; j++) {
                columns[j * size + k] = rows[at + k * length + j];
            }
        }
    }

    static void toRows(float[] columns, int size, float[] rows, int at, int length, int n) {
        if (length == 1) {
            System.arraycopy(columns, 0, rows, at, n);
            return;
        }
        int[] order = new int[LANES * length];
        for (int k = 0; k < LANES; k++) {
            for (int j = 0; j < length; j++) {
                order[k * length + j] = j * size + k;
            }
        }
        int bound = FLOATS.loopBound(n);
        for (int j = 0; j < length; j++) {
            for (int k = 0; k < bound; k += LANES) {
                FloatVector.fromArray(FLOATS, columns, k, order, j * LANES).intoArray(rows, at + k * length + j * LANES);
            }
        }
        for (int k = bound; k < n; k++) {
            for (int j = 0; j < length; j++) {
                rows[at + k * length + j] = columns[j * size + k];
            }
        }
    }
}
