package sample;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector loops of {@code RecurrenceLoss}.
 */
final class RecurrenceLossVectors {
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;

    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;

    private static final int LANES = FLOATS.length();

    private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;

    private static final VectorShuffle<Double> BY_16 = VectorShuffle.iota(DOUBLES, 16, 1, true);

    private static final VectorShuffle<Double> BY_8 = VectorShuffle.iota(DOUBLES, 8, 1, true);

    private static final VectorShuffle<Double> BY_4 = VectorShuffle.iota(DOUBLES, 4, 1, true);

    private static final VectorShuffle<Double> BY_2 = VectorShuffle.iota(DOUBLES, 2, 1, true);

    private static final VectorShuffle<Double> BY_1 = VectorShuffle.iota(DOUBLES, 1, 1, true);

    private RecurrenceLossVectors() {
    }

    static void gradientInTiles(int at, int n, float[] state0) {
        int end = at + n;
        FloatVector c = FloatVector.broadcast(FLOATS, 0f);
        for (int j = at; j < end; j += LANES) {
            c.intoArray(state0, j);
        }
    }

    static void gradientInTiles2(int at, int n, float[] state0, float[] pColumns, int at2) {
        int end = at + n;
        FloatVector c = FloatVector.broadcast(FLOATS, 0.5f);
        FloatVector c2 = FloatVector.broadcast(FLOATS, -2f);
        FloatVector c3 = FloatVector.broadcast(FLOATS, -25f);
        FloatVector c4 = FloatVector.broadcast(FLOATS, 1.442695f);
        FloatVector c5 = FloatVector.broadcast(FLOATS, 1.2582912E7f);
        FloatVector c6 = FloatVector.broadcast(FLOATS, -0.6933594f);
        FloatVector c7 = FloatVector.broadcast(FLOATS, 2.1219444E-4f);
        IntVector c8 = IntVector.broadcast(INTS, 382);
        FloatVector c9 = FloatVector.broadcast(FLOATS, 0.0013820742f);
        FloatVector c10 = FloatVector.broadcast(FLOATS, 0.008369248f);
        FloatVector c11 = FloatVector.broadcast(FLOATS, 0.04166828f);
        FloatVector c12 = FloatVector.broadcast(FLOATS, 0.16666517f);
        FloatVector c13 = FloatVector.broadcast(FLOATS, 0.49999994f);
        FloatVector c14 = FloatVector.broadcast(FLOATS, 1f);
        FloatVector c15 = FloatVector.broadcast(FLOATS, 4f);
        FloatVector c16 = FloatVector.broadcast(FLOATS, -0.005715499f);
        FloatVector c17 = FloatVector.broadcast(FLOATS, 0.020649103f);
        FloatVector c18 = FloatVector.broadcast(FLOATS, -0.053743005f);
        FloatVector c19 = FloatVector.broadcast(FLOATS, 0.13331485f);
        FloatVector c20 = FloatVector.broadcast(FLOATS, -0.33333284f);
        FloatVector c21 = FloatVector.broadcast(FLOATS, 0.58f);
        IntVector c22 = IntVector.broadcast(INTS, -2147483648);
        int shift = at2 - at;
        for (int j = at; j < end; j += LANES) {
            FloatVector x = FloatVector.fromArray(FLOATS, state0, j);
            FloatVector x2 = c.mul(x);
            FloatVector x3 = FloatVector.fromArray(FLOATS, pColumns, j);
            FloatVector x4 = x2.add(x3);
            FloatVector x5 = x4.abs();
            FloatVector x6 = x5.mul(c2);
            VectorMask<Float> mask = x6.compare(VectorOperators.LT, c3);
            FloatVector x7 = x6.blend(c3, mask);
            FloatVector x8 = x7.fma(c4, c5);
            FloatVector x9 = x8.sub(c5);
            FloatVector x10 = x9.fma(c6, x7);
            FloatVector x11 = x9.fma(c7, x10);
            IntVector i = x8.reinterpretAsInts();
            IntVector i2 = i.add(c8);
            IntVector i3 = i2.lanewise(VectorOperators.LSHL, 23);
            FloatVector x12 = i3.reinterpretAsFloats();
            FloatVector x13 = x11.mul(x11);
            FloatVector x14 = c9.fma(x11, c10);
            FloatVector x15 = x14.fma(x11, c11);
            FloatVector x16 = x15.fma(x11, c12);
            FloatVector x17 = x16.fma(x11, c13);
            FloatVector x18 = x13.fma(x17, x11);
            FloatVector x19 = x12.fma(x18, x12);
            FloatVector x20 = x19.fma(c2, c14);
            FloatVector x21 = x19.div(x20);
            FloatVector x22 = x21.fma(c15, c14);
            FloatVector x23 = x4.mul(x4);
            FloatVector x24 = x5.mul(x23);
            FloatVector x25 = c16.fma(x23, c17);
            FloatVector x26 = x25.fma(x23, c18);
            FloatVector x27 = x26.fma(x23, c19);
            FloatVector x28 = x27.fma(x23, c20);
            FloatVector x29 = x24.fma(x28, x5);
            VectorMask<Float> mask2 = c21.compare(VectorOperators.LT, x5);
            FloatVector x30 = x29.blend(x22, mask2);
            IntVector i4 = x4.reinterpretAsInts();
            IntVector i5 = i4.and(c22);
            IntVector i6 = x30.reinterpretAsInts();
            IntVector i7 = i6.or(i5);
            FloatVector x31 = i7.reinterpretAsFloats();
            x31.intoArray(state0, j + shift);
        }
    }

    static void gradientInTiles3(int n, float[] sumAccumulator0) {
        int end = n;
        FloatVector c = FloatVector.broadcast(FLOATS, 0f);
        for (int j = 0; j < end; j += LANES) {
            c.intoArray(sumAccumulator0, j);
        }
    }

    static void gradientInTiles4(int at, int n, float[] state0, float[] yColumns, int at2,
            float[] pColumns, float[] sumAccumulator0, float[] subtractTable0,
            float[] multiplyTable0, float[] multiplyTable1) {
        int end = at + n;
        int shift = at2 - at;
        FloatVector c = FloatVector.broadcast(FLOATS, 2f);
        FloatVector c2 = FloatVector.broadcast(FLOATS, 0.5f);
        IntVector c3 = IntVector.broadcast(INTS, -2147483648);
        FloatVector c4 = FloatVector.broadcast(FLOATS, -104f);
        FloatVector c5 = FloatVector.broadcast(FLOATS, 1.442695f);
        FloatVector c6 = FloatVector.broadcast(FLOATS, 1.2582912E7f);
        FloatVector c7 = FloatVector.broadcast(FLOATS, -0.6933594f);
        FloatVector c8 = FloatVector.broadcast(FLOATS, 2.1219444E-4f);
        IntVector c9 = IntVector.broadcast(INTS, 1065353216);
        FloatVector c10 = FloatVector.broadcast(FLOATS, 0.0013820742f);
        FloatVector c11 = FloatVector.broadcast(FLOATS, 0.008369248f);
        FloatVector c12 = FloatVector.broadcast(FLOATS, 0.04166828f);
        FloatVector c13 = FloatVector.broadcast(FLOATS, 0.16666517f);
        FloatVector c14 = FloatVector.broadcast(FLOATS, 0.49999994f);
        FloatVector c15 = FloatVector.broadcast(FLOATS, 1f);
        FloatVector c16 = FloatVector.broadcast(FLOATS, 0f);
        FloatVector c17 = FloatVector.broadcast(FLOATS, 4f);
        for (int j = at; j < end; j += LANES) {
            FloatVector x = FloatVector.fromArray(FLOATS, state0, j);
            FloatVector x2 = FloatVector.fromArray(FLOATS, yColumns, j + shift);
            FloatVector x3 = x.sub(x2);
            FloatVector x4 = c.mul(x3);
            FloatVector x5 = FloatVector.fromArray(FLOATS, state0, j + shift);
            FloatVector x6 = c2.mul(x5);
            FloatVector x7 = FloatVector.fromArray(FLOATS, pColumns, j + shift);
            FloatVector x8 = x6.add(x7);
            FloatVector x9 = c.mul(x8);
            IntVector i = x9.reinterpretAsInts();
            IntVector i2 = i.or(c3);
            FloatVector x10 = i2.reinterpretAsFloats();
            VectorMask<Float> mask = x10.compare(VectorOperators.LT, c4);
            FloatVector x11 = x10.blend(c4, mask);
            FloatVector x12 = x11.fma(c5, c6);
            FloatVector x13 = x12.sub(c6);
            FloatVector x14 = x13.fma(c7, x11);
            FloatVector x15 = x13.fma(c8, x14);
            IntVector i3 = x12.reinterpretAsInts();
            IntVector i4 = i3.lanewise(VectorOperators.ASHR, 1);
            IntVector i5 = i4.lanewise(VectorOperators.LSHL, 23);
            IntVector i6 = i5.add(c9);
            FloatVector x16 = i6.reinterpretAsFloats();
            IntVector i7 = i3.sub(i4);
            IntVector i8 = i7.lanewise(VectorOperators.LSHL, 23);
            IntVector i9 = i8.add(c9);
            FloatVector x17 = i9.reinterpretAsFloats();
            FloatVector x18 = c10.fma(x15, c11);
            FloatVector x19 = x18.fma(x15, c12);
            FloatVector x20 = x19.fma(x15, c13);
            FloatVector x21 = x20.fma(x15, c14);
            FloatVector x22 = x15.fma(x21, c15);
            FloatVector x23 = x15.fma(x22, c15);
            FloatVector x24 = x23.mul(x16);
            FloatVector x25 = x24.mul(x17);
            VectorMask<Float> mask2 = x9.compare(VectorOperators.LT, c16);
            FloatVector x26 = c15.blend(x25, mask2);
            FloatVector x27 = x25.add(c15);
            FloatVector x28 = x26.div(x27);
            FloatVector x29 = x9.neg();
            VectorMask<Float> mask3 = x29.compare(VectorOperators.LT, c16);
            FloatVector x30 = c15.blend(x25, mask3);
            FloatVector x31 = x30.div(x27);
            FloatVector x32 = x28.mul(x31);
            FloatVector x33 = c17.mul(x32);
            FloatVector x34 = x3.mul(x3);
            FloatVector x35 = FloatVector.fromArray(FLOATS, sumAccumulator0, j - at);
            FloatVector x36 = x35.add(x34);
            x3.intoArray(subtractTable0, j + shift);
            x4.intoArray(multiplyTable0, j + shift);
            x33.intoArray(multiplyTable1, j + shift);
            x36.intoArray(sumAccumulator0, j - at);
        }
    }

    static void gradientInTiles5(int at, int n, float[] state1) {
        int end = at + n;
        FloatVector c = FloatVector.broadcast(FLOATS, 0f);
        for (int j = at; j < end; j += LANES) {
            c.intoArray(state1, j);
        }
    }

    static void gradientInTiles6(int at, int n, float[] multiplyTable0, float[] state1, int at2,
            float[] multiplyTable1) {
        int end = at + n;
        int shift = at2 - at;
        FloatVector c = FloatVector.broadcast(FLOATS, 0.5f);
        FloatVector c2 = FloatVector.broadcast(FLOATS, 0f);
        for (int j = at; j < end; j += LANES) {
            FloatVector x = FloatVector.fromArray(FLOATS, multiplyTable0, j);
            FloatVector x2 = FloatVector.fromArray(FLOATS, state1, j + shift);
            FloatVector x3 = x.add(x2);
            FloatVector x4 = FloatVector.fromArray(FLOATS, multiplyTable1, j);
            FloatVector x5 = x3.mul(x4);
            FloatVector x6 = c.mul(x5);
            VectorMask<Float> mask = x3.compare(VectorOperators.EQ, c2);
            FloatVector x7 = x6.blend(c2, mask);
            x7.intoArray(state1, j);
        }
    }

    static void gradientInTiles7OfFew(int at, int n, float[] subtractTable0, float[] state1,
            int at2, float[] state0, float[] pColumns, float[] weights, int at3, float scale,
            float[] pGradientColumns) {
        FloatVector c = FloatVector.broadcast(FLOATS, 2f);
        int shift = at2 - at;
        FloatVector c2 = FloatVector.broadcast(FLOATS, 0.5f);
        IntVector c3 = IntVector.broadcast(INTS, -2147483648);
        FloatVector c4 = FloatVector.broadcast(FLOATS, -104f);
        FloatVector c5 = FloatVector.broadcast(FLOATS, 1.442695f);
        FloatVector c6 = FloatVector.broadcast(FLOATS, 1.2582912E7f);
        FloatVector c7 = FloatVector.broadcast(FLOATS, -0.6933594f);
        FloatVector c8 = FloatVector.broadcast(FLOATS, 2.1219444E-4f);
        IntVector c9 = IntVector.broadcast(INTS, 1065353216);
        FloatVector c10 = FloatVector.broadcast(FLOATS, 0.0013820742f);
        FloatVector c11 = FloatVector.broadcast(FLOATS, 0.008369248f);
        FloatVector c12 = FloatVector.broadcast(FLOATS, 0.04166828f);
        FloatVector c13 = FloatVector.broadcast(FLOATS, 0.16666517f);
        FloatVector c14 = FloatVector.broadcast(FLOATS, 0.49999994f);
        FloatVector c15 = FloatVector.broadcast(FLOATS, 1f);
        FloatVector c16 = FloatVector.broadcast(FLOATS, 0f);
        FloatVector c17 = FloatVector.broadcast(FLOATS, 4f);
        int shift2 = at3 - at;
        FloatVector scale2 = FloatVector.broadcast(FLOATS, scale);
        int j = at;
        VectorMask<Float> tail = FLOATS.indexInRange(0, n);
        FloatVector x79 = FloatVector.fromArray(FLOATS, subtractTable0, j);
        FloatVector x80 = c.mul(x79);
        FloatVector x81 = FloatVector.fromArray(FLOATS, state1, j + shift);
        FloatVector x82 = x80.add(x81);
        FloatVector x83 = FloatVector.fromArray(FLOATS, state0, j);
        FloatVector x84 = c2.mul(x83);
        FloatVector x85 = FloatVector.fromArray(FLOATS, pColumns, j);
        FloatVector x86 = x84.add(x85);
        FloatVector x87 = c.mul(x86);
        IntVector i19 = x87.reinterpretAsInts();
        IntVector i20 = i19.or(c3);
        FloatVector x88 = i20.reinterpretAsFloats();
        VectorMask<Float> mask11 = x88.compare(VectorOperators.LT, c4);
        FloatVector x89 = x88.blend(c4, mask11);
        FloatVector x90 = x89.fma(c5, c6);
        FloatVector x91 = x90.sub(c6);
        FloatVector x92 = x91.fma(c7, x89);
        FloatVector x93 = x91.fma(c8, x92);
        IntVector i21 = x90.reinterpretAsInts();
        IntVector i22 = i21.lanewise(VectorOperators.ASHR, 1);
        IntVector i23 = i22.lanewise(VectorOperators.LSHL, 23);
        IntVector i24 = i23.add(c9);
        FloatVector x94 = i24.reinterpretAsFloats();
        IntVector i25 = i21.sub(i22);
        IntVector i26 = i25.lanewise(VectorOperators.LSHL, 23);
        IntVector i27 = i26.add(c9);
        FloatVector x95 = i27.reinterpretAsFloats();
        FloatVector x96 = c10.fma(x93, c11);
        FloatVector x97 = x96.fma(x93, c12);
        FloatVector x98 = x97.fma(x93, c13);
        FloatVector x99 = x98.fma(x93, c14);
        FloatVector x100 = x93.fma(x99, c15);
        FloatVector x101 = x93.fma(x100, c15);
        FloatVector x102 = x101.mul(x94);
        FloatVector x103 = x102.mul(x95);
        VectorMask<Float> mask12 = x87.compare(VectorOperators.LT, c16);
        FloatVector x104 = c15.blend(x103, mask12);
        FloatVector x105 = x103.add(c15);
        FloatVector x106 = x104.div(x105);
        FloatVector x107 = x87.neg();
        VectorMask<Float> mask13 = x107.compare(VectorOperators.LT, c16);
        FloatVector x108 = c15.blend(x103, mask13);
        FloatVector x109 = x108.div(x105);
        FloatVector x110 = x106.mul(x109);
        FloatVector x111 = c17.mul(x110);
        FloatVector x112 = x82.mul(x111);
        VectorMask<Float> mask14 = x82.compare(VectorOperators.EQ, c16);
        FloatVector x113 = x112.blend(c16, mask14);
        FloatVector x114 = FloatVector.fromArray(FLOATS, weights, j + shift2, tail);
        FloatVector x115 = x114.mul(scale2);
        FloatVector x116 = x113.mul(x115);
        VectorMask<Float> mask15 = c16.compare(VectorOperators.EQ, x114);
        FloatVector x117 = x116.blend(c16, mask15);
        x117.intoArray(pGradientColumns, j);
    }

    static void gradientInTiles7(int at, int n, float[] subtractTable0, float[] state1, int at2,
            float[] state0, float[] pColumns, float[] weights, int at3, float scale,
            float[] pGradientColumns) {
        if (n < LANES) {
            gradientInTiles7OfFew(at, n, subtractTable0, state1, at2, state0, pColumns, weights, at3, scale, pGradientColumns);
            return;
        }
        int bound = at + FLOATS.loopBound(n);
        FloatVector c = FloatVector.broadcast(FLOATS, 2f);
        int shift = at2 - at;
        FloatVector c2 = FloatVector.broadcast(FLOATS, 0.5f);
        IntVector c3 = IntVector.broadcast(INTS, -2147483648);
        FloatVector c4 = FloatVector.broadcast(FLOATS, -104f);
        FloatVector c5 = FloatVector.broadcast(FLOATS, 1.442695f);
        FloatVector c6 = FloatVector.broadcast(FLOATS, 1.2582912E7f);
        FloatVector c7 = FloatVector.broadcast(FLOATS, -0.6933594f);
        FloatVector c8 = FloatVector.broadcast(FLOATS, 2.1219444E-4f);
        IntVector c9 = IntVector.broadcast(INTS, 1065353216);
        FloatVector c10 = FloatVector.broadcast(FLOATS, 0.0013820742f);
        FloatVector c11 = FloatVector.broadcast(FLOATS, 0.008369248f);
        FloatVector c12 = FloatVector.broadcast(FLOATS, 0.04166828f);
        FloatVector c13 = FloatVector.broadcast(FLOATS, 0.16666517f);
        FloatVector c14 = FloatVector.broadcast(FLOATS, 0.49999994f);
        FloatVector c15 = FloatVector.broadcast(FLOATS, 1f);
        FloatVector c16 = FloatVector.broadcast(FLOATS, 0f);
        FloatVector c17 = FloatVector.broadcast(FLOATS, 4f);
        int shift2 = at3 - at;
        FloatVector scale2 = FloatVector.broadcast(FLOATS, scale);
        for (int j = at; j < bound; j += LANES) {
            FloatVector x = FloatVector.fromArray(FLOATS, subtractTable0, j);
            FloatVector x2 = c.mul(x);
            FloatVector x3 = FloatVector.fromArray(FLOATS, state1, j + shift);
            FloatVector x4 = x2.add(x3);
            FloatVector x5 = FloatVector.fromArray(FLOATS, state0, j);
            FloatVector x6 = c2.mul(x5);
            FloatVector x7 = FloatVector.fromArray(FLOATS, pColumns, j);
            FloatVector x8 = x6.add(x7);
            FloatVector x9 = c.mul(x8);
            IntVector i = x9.reinterpretAsInts();
            IntVector i2 = i.or(c3);
            FloatVector x10 = i2.reinterpretAsFloats();
            VectorMask<Float> mask = x10.compare(VectorOperators.LT, c4);
            FloatVector x11 = x10.blend(c4, mask);
            FloatVector x12 = x11.fma(c5, c6);
            FloatVector x13 = x12.sub(c6);
            FloatVector x14 = x13.fma(c7, x11);
            FloatVector x15 = x13.fma(c8, x14);
            IntVector i3 = x12.reinterpretAsInts();
            IntVector i4 = i3.lanewise(VectorOperators.ASHR, 1);
            IntVector i5 = i4.lanewise(VectorOperators.LSHL, 23);
            IntVector i6 = i5.add(c9);
            FloatVector x16 = i6.reinterpretAsFloats();
            IntVector i7 = i3.sub(i4);
            IntVector i8 = i7.lanewise(VectorOperators.LSHL, 23);
            IntVector i9 = i8.add(c9);
            FloatVector x17 = i9.reinterpretAsFloats();
            FloatVector x18 = c10.fma(x15, c11);
            FloatVector x19 = x18.fma(x15, c12);
            FloatVector x20 = x19.fma(x15, c13);
            FloatVector x21 = x20.fma(x15, c14);
            FloatVector x22 = x15.fma(x21, c15);
            FloatVector x23 = x15.fma(x22, c15);
            FloatVector x24 = x23.mul(x16);
            FloatVector x25 = x24.mul(x17);
            VectorMask<Float> mask2 = x9.compare(VectorOperators.LT, c16);
            FloatVector x26 = c15.blend(x25, mask2);
            FloatVector x27 = x25.add(c15);
            FloatVector x28 = x26.div(x27);
            FloatVector x29 = x9.neg();
            VectorMask<Float> mask3 = x29.compare(VectorOperators.LT, c16);
            FloatVector x30 = c15.blend(x25, mask3);
            FloatVector x31 = x30.div(x27);
            FloatVector x32 = x28.mul(x31);
            FloatVector x33 = c17.mul(x32);
            FloatVector x34 = x4.mul(x33);
            VectorMask<Float> mask4 = x4.compare(VectorOperators.EQ, c16);
            FloatVector x35 = x34.blend(c16, mask4);
            FloatVector x36 = FloatVector.fromArray(FLOATS, weights, j + shift2);
            FloatVector x37 = x36.mul(scale2);
            FloatVector x38 = x35.mul(x37);
            VectorMask<Float> mask5 = c16.compare(VectorOperators.EQ, x36);
            FloatVector x39 = x38.blend(c16, mask5);
            x39.intoArray(pGradientColumns, j);
        }
        if (bound < at + n) {
            int j = at + n - LANES;
            FloatVector x40 = FloatVector.fromArray(FLOATS, subtractTable0, j);
            FloatVector x41 = c.mul(x40);
            FloatVector x42 = FloatVector.fromArray(FLOATS, state1, j + shift);
            FloatVector x43 = x41.add(x42);
            FloatVector x44 = FloatVector.fromArray(FLOATS, state0, j);
            FloatVector x45 = c2.mul(x44);
            FloatVector x46 = FloatVector.fromArray(FLOATS, pColumns, j);
            FloatVector x47 = x45.add(x46);
            FloatVector x48 = c.mul(x47);
            IntVector i10 = x48.reinterpretAsInts();
            IntVector i11 = i10.or(c3);
            FloatVector x49 = i11.reinterpretAsFloats();
            VectorMask<Float> mask6 = x49.compare(VectorOperators.LT, c4);
            FloatVector x50 = x49.blend(c4, mask6);
            FloatVector x51 = x50.fma(c5, c6);
            FloatVector x52 = x51.sub(c6);
            FloatVector x53 = x52.fma(c7, x50);
            FloatVector x54 = x52.fma(c8, x53);
            IntVector i12 = x51.reinterpretAsInts();
            IntVector i13 = i12.lanewise(VectorOperators.ASHR, 1);
            IntVector i14 = i13.lanewise(VectorOperators.LSHL, 23);
            IntVector i15 = i14.add(c9);
            FloatVector x55 = i15.reinterpretAsFloats();
            IntVector i16 = i12.sub(i13);
            IntVector i17 = i16.lanewise(VectorOperators.LSHL, 23);
            IntVector i18 = i17.add(c9);
            FloatVector x56 = i18.reinterpretAsFloats();
            FloatVector x57 = c10.fma(x54, c11);
            FloatVector x58 = x57.fma(x54, c12);
            FloatVector x59 = x58.fma(x54, c13);
            FloatVector x60 = x59.fma(x54, c14);
            FloatVector x61 = x54.fma(x60, c15);
            FloatVector x62 = x54.fma(x61, c15);
            FloatVector x63 = x62.mul(x55);
            FloatVector x64 = x63.mul(x56);
            VectorMask<Float> mask7 = x48.compare(VectorOperators.LT, c16);
            FloatVector x65 = c15.blend(x64, mask7);
            FloatVector x66 = x64.add(c15);
            FloatVector x67 = x65.div(x66);
            FloatVector x68 = x48.neg();
            VectorMask<Float> mask8 = x68.compare(VectorOperators.LT, c16);
            FloatVector x69 = c15.blend(x64, mask8);
            FloatVector x70 = x69.div(x66);
            FloatVector x71 = x67.mul(x70);
            FloatVector x72 = c17.mul(x71);
            FloatVector x73 = x43.mul(x72);
            VectorMask<Float> mask9 = x43.compare(VectorOperators.EQ, c16);
            FloatVector x74 = x73.blend(c16, mask9);
            FloatVector x75 = FloatVector.fromArray(FLOATS, weights, j + shift2);
            FloatVector x76 = x75.mul(scale2);
            FloatVector x77 = x74.mul(x76);
            VectorMask<Float> mask10 = c16.compare(VectorOperators.EQ, x75);
            FloatVector x78 = x77.blend(c16, mask10);
            x78.intoArray(pGradientColumns, j);
        }
    }

    static void gradientInTiles8OfFew(int at, int n, float[] sumAccumulator0, float[] weights,
            float[] values, int at2, double[] results) {
        FloatVector sum = FloatVector.broadcast(FLOATS, 0);
        FloatVector c = FloatVector.broadcast(FLOATS, 0f);
        int shift = at2 - at;
        int j = at;
        VectorMask<Float> tail = FLOATS.indexInRange(0, n);
        FloatVector x9 = FloatVector.fromArray(FLOATS, sumAccumulator0, j - at);
        FloatVector x10 = FloatVector.fromArray(FLOATS, weights, j, tail);
        FloatVector x11 = x9.mul(x10);
        VectorMask<Float> mask3 = x10.compare(VectorOperators.EQ, c);
        FloatVector x12 = x11.blend(c, mask3);
        x12.intoArray(values, j + shift, tail);
        sum = sum.add(x12, tail);
        results[0] = sum(sum);
    }

    static void gradientInTiles8(int at, int n, float[] sumAccumulator0, float[] weights,
            float[] values, int at2, double[] results) {
        if (n < LANES) {
            gradientInTiles8OfFew(at, n, sumAccumulator0, weights, values, at2, results);
            return;
        }
        int bound = at + FLOATS.loopBound(n);
        FloatVector sum = FloatVector.broadcast(FLOATS, 0);
        FloatVector c = FloatVector.broadcast(FLOATS, 0f);
        int shift = at2 - at;
        for (int j = at; j < bound; j += LANES) {
            FloatVector x = FloatVector.fromArray(FLOATS, sumAccumulator0, j - at);
            FloatVector x2 = FloatVector.fromArray(FLOATS, weights, j);
            FloatVector x3 = x.mul(x2);
            VectorMask<Float> mask = x2.compare(VectorOperators.EQ, c);
            FloatVector x4 = x3.blend(c, mask);
            x4.intoArray(values, j + shift);
            sum = sum.add(x4);
        }
        if (bound < at + n) {
            int j = at + n - LANES;
            VectorMask<Float> tail = FLOATS.indexInRange(j - bound, LANES);
            FloatVector x5 = FloatVector.fromArray(FLOATS, sumAccumulator0, j - at);
            FloatVector x6 = FloatVector.fromArray(FLOATS, weights, j);
            FloatVector x7 = x5.mul(x6);
            VectorMask<Float> mask2 = x6.compare(VectorOperators.EQ, c);
            FloatVector x8 = x7.blend(c, mask2);
            x8.intoArray(values, j + shift);
            sum = sum.add(x8, tail);
        }
        results[0] = sum(sum);
    }

    static void gradientInVectorsOfFew(int at, int n, float[] state0, float[] y, int at2, int at3,
            float[] p, int at4, float[] subtractTable0, float[] multiplyTable0,
            float[] multiplyTable1, double[] results) {
        FloatVector sum = FloatVector.broadcast(FLOATS, 0);
        int shift = at2 - at;
        FloatVector c = FloatVector.broadcast(FLOATS, 2f);
        FloatVector c2 = FloatVector.broadcast(FLOATS, 0.5f);
        int shift2 = at3 - at;
        int shift3 = at4 - at;
        IntVector c3 = IntVector.broadcast(INTS, -2147483648);
        FloatVector c4 = FloatVector.broadcast(FLOATS, -104f);
        FloatVector c5 = FloatVector.broadcast(FLOATS, 1.442695f);
        FloatVector c6 = FloatVector.broadcast(FLOATS, 1.2582912E7f);
        FloatVector c7 = FloatVector.broadcast(FLOATS, -0.6933594f);
        FloatVector c8 = FloatVector.broadcast(FLOATS, 2.1219444E-4f);
        IntVector c9 = IntVector.broadcast(INTS, 1065353216);
        FloatVector c10 = FloatVector.broadcast(FLOATS, 0.0013820742f);
        FloatVector c11 = FloatVector.broadcast(FLOATS, 0.008369248f);
        FloatVector c12 = FloatVector.broadcast(FLOATS, 0.04166828f);
        FloatVector c13 = FloatVector.broadcast(FLOATS, 0.16666517f);
        FloatVector c14 = FloatVector.broadcast(FLOATS, 0.49999994f);
        FloatVector c15 = FloatVector.broadcast(FLOATS, 1f);
        FloatVector c16 = FloatVector.broadcast(FLOATS, 0f);
        FloatVector c17 = FloatVector.broadcast(FLOATS, 4f);
        int j = at;
        VectorMask<Float> tail = FLOATS.indexInRange(0, n);
        FloatVector x69 = FloatVector.fromArray(FLOATS, state0, j, tail);
        FloatVector x70 = FloatVector.fromArray(FLOATS, y, j + shift, tail);
        FloatVector x71 = x69.sub(x70);
        FloatVector x72 = c.mul(x71);
        FloatVector x73 = FloatVector.fromArray(FLOATS, state0, j + shift2, tail);
        FloatVector x74 = c2.mul(x73);
        FloatVector x75 = FloatVector.fromArray(FLOATS, p, j + shift3, tail);
        FloatVector x76 = x74.add(x75);
        FloatVector x77 = c.mul(x76);
        IntVector i19 = x77.reinterpretAsInts();
        IntVector i20 = i19.or(c3);
        FloatVector x78 = i20.reinterpretAsFloats();
        VectorMask<Float> mask7 = x78.compare(VectorOperators.LT, c4);
        FloatVector x79 = x78.blend(c4, mask7);
        FloatVector x80 = x79.fma(c5, c6);
        FloatVector x81 = x80.sub(c6);
        FloatVector x82 = x81.fma(c7, x79);
        FloatVector x83 = x81.fma(c8, x82);
        IntVector i21 = x80.reinterpretAsInts();
        IntVector i22 = i21.lanewise(VectorOperators.ASHR, 1);
        IntVector i23 = i22.lanewise(VectorOperators.LSHL, 23);
        IntVector i24 = i23.add(c9);
        FloatVector x84 = i24.reinterpretAsFloats();
        IntVector i25 = i21.sub(i22);
        IntVector i26 = i25.lanewise(VectorOperators.LSHL, 23);
        IntVector i27 = i26.add(c9);
        FloatVector x85 = i27.reinterpretAsFloats();
        FloatVector x86 = c10.fma(x83, c11);
        FloatVector x87 = x86.fma(x83, c12);
        FloatVector x88 = x87.fma(x83, c13);
        FloatVector x89 = x88.fma(x83, c14);
        FloatVector x90 = x83.fma(x89, c15);
        FloatVector x91 = x83.fma(x90, c15);
        FloatVector x92 = x91.mul(x84);
        FloatVector x93 = x92.mul(x85);
        VectorMask<Float> mask8 = x77.compare(VectorOperators.LT, c16);
        FloatVector x94 = c15.blend(x93, mask8);
        FloatVector x95 = x93.add(c15);
        FloatVector x96 = x94.div(x95);
        FloatVector x97 = x77.neg();
        VectorMask<Float> mask9 = x97.compare(VectorOperators.LT, c16);
        FloatVector x98 = c15.blend(x93, mask9);
        FloatVector x99 = x98.div(x95);
        FloatVector x100 = x96.mul(x99);
        FloatVector x101 = c17.mul(x100);
        FloatVector x102 = x71.mul(x71);
        x71.intoArray(subtractTable0, j + shift2, tail);
        x72.intoArray(multiplyTable0, j + shift2, tail);
        x101.intoArray(multiplyTable1, j + shift2, tail);
        sum = sum.add(x102, tail);
        results[0] = sum(sum);
    }

    static void gradientInVectors(int at, int n, float[] state0, float[] y, int at2, int at3,
            float[] p, int at4, float[] subtractTable0, float[] multiplyTable0,
            float[] multiplyTable1, double[] results) {
        if (n < LANES) {
            gradientInVectorsOfFew(at, n, state0, y, at2, at3, p, at4, subtractTable0, multiplyTable0, multiplyTable1, results);
            return;
        }
        int bound = at + FLOATS.loopBound(n);
        FloatVector sum = FloatVector.broadcast(FLOATS, 0);
        int shift = at2 - at;
        FloatVector c = FloatVector.broadcast(FLOATS, 2f);
        FloatVector c2 = FloatVector.broadcast(FLOATS, 0.5f);
        int shift2 = at3 - at;
        int shift3 = at4 - at;
        IntVector c3 = IntVector.broadcast(INTS, -2147483648);
        FloatVector c4 = FloatVector.broadcast(FLOATS, -104f);
        FloatVector c5 = FloatVector.broadcast(FLOATS, 1.442695f);
        FloatVector c6 = FloatVector.broadcast(FLOATS, 1.2582912E7f);
        FloatVector c7 = FloatVector.broadcast(FLOATS, -0.6933594f);
        FloatVector c8 = FloatVector.broadcast(FLOATS, 2.1219444E-4f);
        IntVector c9 = IntVector.broadcast(INTS, 1065353216);
        FloatVector c10 = FloatVector.broadcast(FLOATS, 0.0013820742f);
        FloatVector c11 = FloatVector.broadcast(FLOATS, 0.008369248f);
        FloatVector c12 = FloatVector.broadcast(FLOATS, 0.04166828f);
        FloatVector c13 = FloatVector.broadcast(FLOATS, 0.16666517f);
        FloatVector c14 = FloatVector.broadcast(FLOATS, 0.49999994f);
        FloatVector c15 = FloatVector.broadcast(FLOATS, 1f);
        FloatVector c16 = FloatVector.broadcast(FLOATS, 0f);
        FloatVector c17 = FloatVector.broadcast(FLOATS, 4f);
        for (int j = at; j < bound; j += LANES) {
            FloatVector x = FloatVector.fromArray(FLOATS, state0, j);
            FloatVector x2 = FloatVector.fromArray(FLOATS, y, j + shift);
            FloatVector x3 = x.sub(x2);
            FloatVector x4 = c.mul(x3);
            FloatVector x5 = FloatVector.fromArray(FLOATS, state0, j + shift2);
            FloatVector x6 = c2.mul(x5);
            FloatVector x7 = FloatVector.fromArray(FLOATS, p, j + shift3);
            FloatVector x8 = x6.add(x7);
            FloatVector x9 = c.mul(x8);
            IntVector i = x9.reinterpretAsInts();
            IntVector i2 = i.or(c3);
            FloatVector x10 = i2.reinterpretAsFloats();
            VectorMask<Float> mask = x10.compare(VectorOperators.LT, c4);
            FloatVector x11 = x10.blend(c4, mask);
            FloatVector x12 = x11.fma(c5, c6);
            FloatVector x13 = x12.sub(c6);
            FloatVector x14 = x13.fma(c7, x11);
            FloatVector x15 = x13.fma(c8, x14);
            IntVector i3 = x12.reinterpretAsInts();
            IntVector i4 = i3.lanewise(VectorOperators.ASHR, 1);
            IntVector i5 = i4.lanewise(VectorOperators.LSHL, 23);
            IntVector i6 = i5.add(c9);
            FloatVector x16 = i6.reinterpretAsFloats();
            IntVector i7 = i3.sub(i4);
            IntVector i8 = i7.lanewise(VectorOperators.LSHL, 23);
            IntVector i9 = i8.add(c9);
            FloatVector x17 = i9.reinterpretAsFloats();
            FloatVector x18 = c10.fma(x15, c11);
            FloatVector x19 = x18.fma(x15, c12);
            FloatVector x20 = x19.fma(x15, c13);
            FloatVector x21 = x20.fma(x15, c14);
            FloatVector x22 = x15.fma(x21, c15);
            FloatVector x23 = x15.fma(x22, c15);
            FloatVector x24 = x23.mul(x16);
            FloatVector x25 = x24.mul(x17);
            VectorMask<Float> mask2 = x9.compare(VectorOperators.LT, c16);
            FloatVector x26 = c15.blend(x25, mask2);
            FloatVector x27 = x25.add(c15);
            FloatVector x28 = x26.div(x27);
            FloatVector x29 = x9.neg();
            VectorMask<Float> mask3 = x29.compare(VectorOperators.LT, c16);
            FloatVector x30 = c15.blend(x25, mask3);
            FloatVector x31 = x30.div(x27);
            FloatVector x32 = x28.mul(x31);
            FloatVector x33 = c17.mul(x32);
            FloatVector x34 = x3.mul(x3);
            x3.intoArray(subtractTable0, j + shift2);
            x4.intoArray(multiplyTable0, j + shift2);
            x33.intoArray(multiplyTable1, j + shift2);
            sum = sum.add(x34);
        }
        if (bound < at + n) {
            int j = at + n - LANES;
            VectorMask<Float> tail = FLOATS.indexInRange(j - bound, LANES);
            FloatVector x35 = FloatVector.fromArray(FLOATS, state0, j);
            FloatVector x36 = FloatVector.fromArray(FLOATS, y, j + shift);
            FloatVector x37 = x35.sub(x36);
            FloatVector x38 = c.mul(x37);
            FloatVector x39 = FloatVector.fromArray(FLOATS, state0, j + shift2);
            FloatVector x40 = c2.mul(x39);
            FloatVector x41 = FloatVector.fromArray(FLOATS, p, j + shift3);
            FloatVector x42 = x40.add(x41);
            FloatVector x43 = c.mul(x42);
            IntVector i10 = x43.reinterpretAsInts();
            IntVector i11 = i10.or(c3);
            FloatVector x44 = i11.reinterpretAsFloats();
            VectorMask<Float> mask4 = x44.compare(VectorOperators.LT, c4);
            FloatVector x45 = x44.blend(c4, mask4);
            FloatVector x46 = x45.fma(c5, c6);
            FloatVector x47 = x46.sub(c6);
            FloatVector x48 = x47.fma(c7, x45);
            FloatVector x49 = x47.fma(c8, x48);
            IntVector i12 = x46.reinterpretAsInts();
            IntVector i13 = i12.lanewise(VectorOperators.ASHR, 1);
            IntVector i14 = i13.lanewise(VectorOperators.LSHL, 23);
            IntVector i15 = i14.add(c9);
            FloatVector x50 = i15.reinterpretAsFloats();
            IntVector i16 = i12.sub(i13);
            IntVector i17 = i16.lanewise(VectorOperators.LSHL, 23);
            IntVector i18 = i17.add(c9);
            FloatVector x51 = i18.reinterpretAsFloats();
            FloatVector x52 = c10.fma(x49, c11);
            FloatVector x53 = x52.fma(x49, c12);
            FloatVector x54 = x53.fma(x49, c13);
            FloatVector x55 = x54.fma(x49, c14);
            FloatVector x56 = x49.fma(x55, c15);
            FloatVector x57 = x49.fma(x56, c15);
            FloatVector x58 = x57.mul(x50);
            FloatVector x59 = x58.mul(x51);
            VectorMask<Float> mask5 = x43.compare(VectorOperators.LT, c16);
            FloatVector x60 = c15.blend(x59, mask5);
            FloatVector x61 = x59.add(c15);
            FloatVector x62 = x60.div(x61);
            FloatVector x63 = x43.neg();
            VectorMask<Float> mask6 = x63.compare(VectorOperators.LT, c16);
            FloatVector x64 = c15.blend(x59, mask6);
            FloatVector x65 = x64.div(x61);
            FloatVector x66 = x62.mul(x65);
            FloatVector x67 = c17.mul(x66);
            FloatVector x68 = x37.mul(x37);
            x37.intoArray(subtractTable0, j + shift2);
            x38.intoArray(multiplyTable0, j + shift2);
            x67.intoArray(multiplyTable1, j + shift2);
            sum = sum.add(x68, tail);
        }
        results[0] = sum(sum);
    }

    static void gradientInVectors2OfFew(int at, int n, float[] subtractTable0, float[] state1,
            int at2, float[] state0, float[] p, int at3, float scale, float[] pGradient) {
        FloatVector c = FloatVector.broadcast(FLOATS, 2f);
        int shift = at2 - at;
        FloatVector c2 = FloatVector.broadcast(FLOATS, 0.5f);
        int shift2 = at3 - at;
        IntVector c3 = IntVector.broadcast(INTS, -2147483648);
        FloatVector c4 = FloatVector.broadcast(FLOATS, -104f);
        FloatVector c5 = FloatVector.broadcast(FLOATS, 1.442695f);
        FloatVector c6 = FloatVector.broadcast(FLOATS, 1.2582912E7f);
        FloatVector c7 = FloatVector.broadcast(FLOATS, -0.6933594f);
        FloatVector c8 = FloatVector.broadcast(FLOATS, 2.1219444E-4f);
        IntVector c9 = IntVector.broadcast(INTS, 1065353216);
        FloatVector c10 = FloatVector.broadcast(FLOATS, 0.0013820742f);
        FloatVector c11 = FloatVector.broadcast(FLOATS, 0.008369248f);
        FloatVector c12 = FloatVector.broadcast(FLOATS, 0.04166828f);
        FloatVector c13 = FloatVector.broadcast(FLOATS, 0.16666517f);
        FloatVector c14 = FloatVector.broadcast(FLOATS, 0.49999994f);
        FloatVector c15 = FloatVector.broadcast(FLOATS, 1f);
        FloatVector c16 = FloatVector.broadcast(FLOATS, 0f);
        FloatVector c17 = FloatVector.broadcast(FLOATS, 4f);
        FloatVector scale2 = FloatVector.broadcast(FLOATS, scale);
        int j = at;
        VectorMask<Float> tail = FLOATS.indexInRange(0, n);
        FloatVector x73 = FloatVector.fromArray(FLOATS, subtractTable0, j, tail);
        FloatVector x74 = c.mul(x73);
        FloatVector x75 = FloatVector.fromArray(FLOATS, state1, j + shift, tail);
        FloatVector x76 = x74.add(x75);
        FloatVector x77 = FloatVector.fromArray(FLOATS, state0, j, tail);
        FloatVector x78 = c2.mul(x77);
        FloatVector x79 = FloatVector.fromArray(FLOATS, p, j + shift2, tail);
        FloatVector x80 = x78.add(x79);
        FloatVector x81 = c.mul(x80);
        IntVector i19 = x81.reinterpretAsInts();
        IntVector i20 = i19.or(c3);
        FloatVector x82 = i20.reinterpretAsFloats();
        VectorMask<Float> mask9 = x82.compare(VectorOperators.LT, c4);
        FloatVector x83 = x82.blend(c4, mask9);
        FloatVector x84 = x83.fma(c5, c6);
        FloatVector x85 = x84.sub(c6);
        FloatVector x86 = x85.fma(c7, x83);
        FloatVector x87 = x85.fma(c8, x86);
        IntVector i21 = x84.reinterpretAsInts();
        IntVector i22 = i21.lanewise(VectorOperators.ASHR, 1);
        IntVector i23 = i22.lanewise(VectorOperators.LSHL, 23);
        IntVector i24 = i23.add(c9);
        FloatVector x88 = i24.reinterpretAsFloats();
        IntVector i25 = i21.sub(i22);
        IntVector i26 = i25.lanewise(VectorOperators.LSHL, 23);
        IntVector i27 = i26.add(c9);
        FloatVector x89 = i27.reinterpretAsFloats();
        FloatVector x90 = c10.fma(x87, c11);
        FloatVector x91 = x90.fma(x87, c12);
        FloatVector x92 = x91.fma(x87, c13);
        FloatVector x93 = x92.fma(x87, c14);
        FloatVector x94 = x87.fma(x93, c15);
        FloatVector x95 = x87.fma(x94, c15);
        FloatVector x96 = x95.mul(x88);
        FloatVector x97 = x96.mul(x89);
        VectorMask<Float> mask10 = x81.compare(VectorOperators.LT, c16);
        FloatVector x98 = c15.blend(x97, mask10);
        FloatVector x99 = x97.add(c15);
        FloatVector x100 = x98.div(x99);
        FloatVector x101 = x81.neg();
        VectorMask<Float> mask11 = x101.compare(VectorOperators.LT, c16);
        FloatVector x102 = c15.blend(x97, mask11);
        FloatVector x103 = x102.div(x99);
        FloatVector x104 = x100.mul(x103);
        FloatVector x105 = c17.mul(x104);
        FloatVector x106 = x76.mul(x105);
        VectorMask<Float> mask12 = x76.compare(VectorOperators.EQ, c16);
        FloatVector x107 = x106.blend(c16, mask12);
        FloatVector x108 = x107.mul(scale2);
        x108.intoArray(pGradient, j + shift2, tail);
    }

    static void gradientInVectors2(int at, int n, float[] subtractTable0, float[] state1, int at2,
            float[] state0, float[] p, int at3, float scale, float[] pGradient) {
        if (n < LANES) {
            gradientInVectors2OfFew(at, n, subtractTable0, state1, at2, state0, p, at3, scale, pGradient);
            return;
        }
        int bound = at + FLOATS.loopBound(n);
        FloatVector c = FloatVector.broadcast(FLOATS, 2f);
        int shift = at2 - at;
        FloatVector c2 = FloatVector.broadcast(FLOATS, 0.5f);
        int shift2 = at3 - at;
        IntVector c3 = IntVector.broadcast(INTS, -2147483648);
        FloatVector c4 = FloatVector.broadcast(FLOATS, -104f);
        FloatVector c5 = FloatVector.broadcast(FLOATS, 1.442695f);
        FloatVector c6 = FloatVector.broadcast(FLOATS, 1.2582912E7f);
        FloatVector c7 = FloatVector.broadcast(FLOATS, -0.6933594f);
        FloatVector c8 = FloatVector.broadcast(FLOATS, 2.1219444E-4f);
        IntVector c9 = IntVector.broadcast(INTS, 1065353216);
        FloatVector c10 = FloatVector.broadcast(FLOATS, 0.0013820742f);
        FloatVector c11 = FloatVector.broadcast(FLOATS, 0.008369248f);
        FloatVector c12 = FloatVector.broadcast(FLOATS, 0.04166828f);
        FloatVector c13 = FloatVector.broadcast(FLOATS, 0.16666517f);
        FloatVector c14 = FloatVector.broadcast(FLOATS, 0.49999994f);
        FloatVector c15 = FloatVector.broadcast(FLOATS, 1f);
        FloatVector c16 = FloatVector.broadcast(FLOATS, 0f);
        FloatVector c17 = FloatVector.broadcast(FLOATS, 4f);
        FloatVector scale2 = FloatVector.broadcast(FLOATS, scale);
        for (int j = at; j < bound; j += LANES) {
            FloatVector x = FloatVector.fromArray(FLOATS, subtractTable0, j);
            FloatVector x2 = c.mul(x);
            FloatVector x3 = FloatVector.fromArray(FLOATS, state1, j + shift);
            FloatVector x4 = x2.add(x3);
            FloatVector x5 = FloatVector.fromArray(FLOATS, state0, j);
            FloatVector x6 = c2.mul(x5);
            FloatVector x7 = FloatVector.fromArray(FLOATS, p, j + shift2);
            FloatVector x8 = x6.add(x7);
            FloatVector x9 = c.mul(x8);
            IntVector i = x9.reinterpretAsInts();
            IntVector i2 = i.or(c3);
            FloatVector x10 = i2.reinterpretAsFloats();
            VectorMask<Float> mask = x10.compare(VectorOperators.LT, c4);
            FloatVector x11 = x10.blend(c4, mask);
            FloatVector x12 = x11.fma(c5, c6);
            FloatVector x13 = x12.sub(c6);
            FloatVector x14 = x13.fma(c7, x11);
            FloatVector x15 = x13.fma(c8, x14);
            IntVector i3 = x12.reinterpretAsInts();
            IntVector i4 = i3.lanewise(VectorOperators.ASHR, 1);
            IntVector i5 = i4.lanewise(VectorOperators.LSHL, 23);
            IntVector i6 = i5.add(c9);
            FloatVector x16 = i6.reinterpretAsFloats();
            IntVector i7 = i3.sub(i4);
            IntVector i8 = i7.lanewise(VectorOperators.LSHL, 23);
            IntVector i9 = i8.add(c9);
            FloatVector x17 = i9.reinterpretAsFloats();
            FloatVector x18 = c10.fma(x15, c11);
            FloatVector x19 = x18.fma(x15, c12);
            FloatVector x20 = x19.fma(x15, c13);
            FloatVector x21 = x20.fma(x15, c14);
            FloatVector x22 = x15.fma(x21, c15);
            FloatVector x23 = x15.fma(x22, c15);
            FloatVector x24 = x23.mul(x16);
            FloatVector x25 = x24.mul(x17);
            VectorMask<Float> mask2 = x9.compare(VectorOperators.LT, c16);
            FloatVector x26 = c15.blend(x25, mask2);
            FloatVector x27 = x25.add(c15);
            FloatVector x28 = x26.div(x27);
            FloatVector x29 = x9.neg();
            VectorMask<Float> mask3 = x29.compare(VectorOperators.LT, c16);
            FloatVector x30 = c15.blend(x25, mask3);
            FloatVector x31 = x30.div(x27);
            FloatVector x32 = x28.mul(x31);
            FloatVector x33 = c17.mul(x32);
            FloatVector x34 = x4.mul(x33);
            VectorMask<Float> mask4 = x4.compare(VectorOperators.EQ, c16);
            FloatVector x35 = x34.blend(c16, mask4);
            FloatVector x36 = x35.mul(scale2);
            x36.intoArray(pGradient, j + shift2);
        }
        if (bound < at + n) {
            int j = at + n - LANES;
            FloatVector x37 = FloatVector.fromArray(FLOATS, subtractTable0, j);
            FloatVector x38 = c.mul(x37);
            FloatVector x39 = FloatVector.fromArray(FLOATS, state1, j + shift);
            FloatVector x40 = x38.add(x39);
            FloatVector x41 = FloatVector.fromArray(FLOATS, state0, j);
            FloatVector x42 = c2.mul(x41);
            FloatVector x43 = FloatVector.fromArray(FLOATS, p, j + shift2);
            FloatVector x44 = x42.add(x43);
            FloatVector x45 = c.mul(x44);
            IntVector i10 = x45.reinterpretAsInts();
            IntVector i11 = i10.or(c3);
            FloatVector x46 = i11.reinterpretAsFloats();
            VectorMask<Float> mask5 = x46.compare(VectorOperators.LT, c4);
            FloatVector x47 = x46.blend(c4, mask5);
            FloatVector x48 = x47.fma(c5, c6);
            FloatVector x49 = x48.sub(c6);
            FloatVector x50 = x49.fma(c7, x47);
            FloatVector x51 = x49.fma(c8, x50);
            IntVector i12 = x48.reinterpretAsInts();
            IntVector i13 = i12.lanewise(VectorOperators.ASHR, 1);
            IntVector i14 = i13.lanewise(VectorOperators.LSHL, 23);
            IntVector i15 = i14.add(c9);
            FloatVector x52 = i15.reinterpretAsFloats();
            IntVector i16 = i12.sub(i13);
            IntVector i17 = i16.lanewise(VectorOperators.LSHL, 23);
            IntVector i18 = i17.add(c9);
            FloatVector x53 = i18.reinterpretAsFloats();
            FloatVector x54 = c10.fma(x51, c11);
            FloatVector x55 = x54.fma(x51, c12);
            FloatVector x56 = x55.fma(x51, c13);
            FloatVector x57 = x56.fma(x51, c14);
            FloatVector x58 = x51.fma(x57, c15);
            FloatVector x59 = x51.fma(x58, c15);
            FloatVector x60 = x59.mul(x52);
            FloatVector x61 = x60.mul(x53);
            VectorMask<Float> mask6 = x45.compare(VectorOperators.LT, c16);
            FloatVector x62 = c15.blend(x61, mask6);
            FloatVector x63 = x61.add(c15);
            FloatVector x64 = x62.div(x63);
            FloatVector x65 = x45.neg();
            VectorMask<Float> mask7 = x65.compare(VectorOperators.LT, c16);
            FloatVector x66 = c15.blend(x61, mask7);
            FloatVector x67 = x66.div(x63);
            FloatVector x68 = x64.mul(x67);
            FloatVector x69 = c17.mul(x68);
            FloatVector x70 = x40.mul(x69);
            VectorMask<Float> mask8 = x40.compare(VectorOperators.EQ, c16);
            FloatVector x71 = x70.blend(c16, mask8);
            FloatVector x72 = x71.mul(scale2);
            x72.intoArray(pGradient, j + shift2);
        }
    }

    static void valueInTiles(int at, int n, float[] state2) {
        int end = at + n;
        FloatVector c = FloatVector.broadcast(FLOATS, 0f);
        for (int j = at; j < end; j += LANES) {
            c.intoArray(state2, j);
        }
    }

    static void valueInTiles2(int at, int n, float[] state2, float[] pColumns, int at2) {
        int end = at + n;
        FloatVector c = FloatVector.broadcast(FLOATS, 0.5f);
        FloatVector c2 = FloatVector.broadcast(FLOATS, -2f);
        FloatVector c3 = FloatVector.broadcast(FLOATS, -25f);
        FloatVector c4 = FloatVector.broadcast(FLOATS, 1.442695f);
        FloatVector c5 = FloatVector.broadcast(FLOATS, 1.2582912E7f);
        FloatVector c6 = FloatVector.broadcast(FLOATS, -0.6933594f);
        FloatVector c7 = FloatVector.broadcast(FLOATS, 2.1219444E-4f);
        IntVector c8 = IntVector.broadcast(INTS, 382);
        FloatVector c9 = FloatVector.broadcast(FLOATS, 0.0013820742f);
        FloatVector c10 = FloatVector.broadcast(FLOATS, 0.008369248f);
        FloatVector c11 = FloatVector.broadcast(FLOATS, 0.04166828f);
        FloatVector c12 = FloatVector.broadcast(FLOATS, 0.16666517f);
        FloatVector c13 = FloatVector.broadcast(FLOATS, 0.49999994f);
        FloatVector c14 = FloatVector.broadcast(FLOATS, 1f);
        FloatVector c15 = FloatVector.broadcast(FLOATS, 4f);
        FloatVector c16 = FloatVector.broadcast(FLOATS, -0.005715499f);
        FloatVector c17 = FloatVector.broadcast(FLOATS, 0.020649103f);
        FloatVector c18 = FloatVector.broadcast(FLOATS, -0.053743005f);
        FloatVector c19 = FloatVector.broadcast(FLOATS, 0.13331485f);
        FloatVector c20 = FloatVector.broadcast(FLOATS, -0.33333284f);
        FloatVector c21 = FloatVector.broadcast(FLOATS, 0.58f);
        IntVector c22 = IntVector.broadcast(INTS, -2147483648);
        int shift = at2 - at;
        for (int j = at; j < end; j += LANES) {
            FloatVector x = FloatVector.fromArray(FLOATS, state2, j);
            FloatVector x2 = c.mul(x);
            FloatVector x3 = FloatVector.fromArray(FLOATS, pColumns, j);
            FloatVector x4 = x2.add(x3);
            FloatVector x5 = x4.abs();
            FloatVector x6 = x5.mul(c2);
            VectorMask<Float> mask = x6.compare(VectorOperators.LT, c3);
            FloatVector x7 = x6.blend(c3, mask);
            FloatVector x8 = x7.fma(c4, c5);
            FloatVector x9 = x8.sub(c5);
            FloatVector x10 = x9.fma(c6, x7);
            FloatVector x11 = x9.fma(c7, x10);
            IntVector i = x8.reinterpretAsInts();
            IntVector i2 = i.add(c8);
            IntVector i3 = i2.lanewise(VectorOperators.LSHL, 23);
            FloatVector x12 = i3.reinterpretAsFloats();
            FloatVector x13 = x11.mul(x11);
            FloatVector x14 = c9.fma(x11, c10);
            FloatVector x15 = x14.fma(x11, c11);
            FloatVector x16 = x15.fma(x11, c12);
            FloatVector x17 = x16.fma(x11, c13);
            FloatVector x18 = x13.fma(x17, x11);
            FloatVector x19 = x12.fma(x18, x12);
            FloatVector x20 = x19.fma(c2, c14);
            FloatVector x21 = x19.div(x20);
            FloatVector x22 = x21.fma(c15, c14);
            FloatVector x23 = x4.mul(x4);
            FloatVector x24 = x5.mul(x23);
            FloatVector x25 = c16.fma(x23, c17);
            FloatVector x26 = x25.fma(x23, c18);
            FloatVector x27 = x26.fma(x23, c19);
            FloatVector x28 = x27.fma(x23, c20);
            FloatVector x29 = x24.fma(x28, x5);
            VectorMask<Float> mask2 = c21.compare(VectorOperators.LT, x5);
            FloatVector x30 = x29.blend(x22, mask2);
            IntVector i4 = x4.reinterpretAsInts();
            IntVector i5 = i4.and(c22);
            IntVector i6 = x30.reinterpretAsInts();
            IntVector i7 = i6.or(i5);
            FloatVector x31 = i7.reinterpretAsFloats();
            x31.intoArray(state2, j + shift);
        }
    }

    static void valueInTiles3(int n, float[] sumAccumulator1) {
        int end = n;
        FloatVector c = FloatVector.broadcast(FLOATS, 0f);
        for (int j = 0; j < end; j += LANES) {
            c.intoArray(sumAccumulator1, j);
        }
    }

    static void valueInTiles4(int at, int n, float[] state2, float[] yColumns, int at2,
            float[] sumAccumulator1) {
        int end = at + n;
        int shift = at2 - at;
        for (int j = at; j < end; j += LANES) {
            FloatVector x = FloatVector.fromArray(FLOATS, state2, j);
            FloatVector x2 = FloatVector.fromArray(FLOATS, yColumns, j + shift);
            FloatVector x3 = x.sub(x2);
            FloatVector x4 = x3.mul(x3);
            FloatVector x5 = FloatVector.fromArray(FLOATS, sumAccumulator1, j - at);
            FloatVector x6 = x5.add(x4);
            x6.intoArray(sumAccumulator1, j - at);
        }
    }

    static void valueInTiles5OfFew(int at, int n, float[] sumAccumulator1, float[] weights,
            float[] values, int at2, double[] results) {
        FloatVector sum = FloatVector.broadcast(FLOATS, 0);
        FloatVector c = FloatVector.broadcast(FLOATS, 0f);
        int shift = at2 - at;
        int j = at;
        VectorMask<Float> tail = FLOATS.indexInRange(0, n);
        FloatVector x9 = FloatVector.fromArray(FLOATS, sumAccumulator1, j - at);
        FloatVector x10 = FloatVector.fromArray(FLOATS, weights, j, tail);
        FloatVector x11 = x9.mul(x10);
        VectorMask<Float> mask3 = x10.compare(VectorOperators.EQ, c);
        FloatVector x12 = x11.blend(c, mask3);
        x12.intoArray(values, j + shift, tail);
        sum = sum.add(x12, tail);
        results[0] = sum(sum);
    }

    static void valueInTiles5(int at, int n, float[] sumAccumulator1, float[] weights,
            float[] values, int at2, double[] results) {
        if (n < LANES) {
            valueInTiles5OfFew(at, n, sumAccumulator1, weights, values, at2, results);
            return;
        }
        int bound = at + FLOATS.loopBound(n);
        FloatVector sum = FloatVector.broadcast(FLOATS, 0);
        FloatVector c = FloatVector.broadcast(FLOATS, 0f);
        int shift = at2 - at;
        for (int j = at; j < bound; j += LANES) {
            FloatVector x = FloatVector.fromArray(FLOATS, sumAccumulator1, j - at);
            FloatVector x2 = FloatVector.fromArray(FLOATS, weights, j);
            FloatVector x3 = x.mul(x2);
            VectorMask<Float> mask = x2.compare(VectorOperators.EQ, c);
            FloatVector x4 = x3.blend(c, mask);
            x4.intoArray(values, j + shift);
            sum = sum.add(x4);
        }
        if (bound < at + n) {
            int j = at + n - LANES;
            VectorMask<Float> tail = FLOATS.indexInRange(j - bound, LANES);
            FloatVector x5 = FloatVector.fromArray(FLOATS, sumAccumulator1, j - at);
            FloatVector x6 = FloatVector.fromArray(FLOATS, weights, j);
            FloatVector x7 = x5.mul(x6);
            VectorMask<Float> mask2 = x6.compare(VectorOperators.EQ, c);
            FloatVector x8 = x7.blend(c, mask2);
            x8.intoArray(values, j + shift);
            sum = sum.add(x8, tail);
        }
        results[0] = sum(sum);
    }

    static void valueInVectorsOfFew(int at, int n, float[] state2, float[] y, int at2,
            double[] results) {
        FloatVector sum = FloatVector.broadcast(FLOATS, 0);
        int shift = at2 - at;
        int j = at;
        VectorMask<Float> tail = FLOATS.indexInRange(0, n);
        FloatVector x9 = FloatVector.fromArray(FLOATS, state2, j, tail);
        FloatVector x10 = FloatVector.fromArray(FLOATS, y, j + shift, tail);
        FloatVector x11 = x9.sub(x10);
        FloatVector x12 = x11.mul(x11);
        sum = sum.add(x12, tail);
        results[0] = sum(sum);
    }

    static void valueInVectors(int at, int n, float[] state2, float[] y, int at2,
            double[] results) {
        if (n < LANES) {
            valueInVectorsOfFew(at, n, state2, y, at2, results);
            return;
        }
        int bound = at + FLOATS.loopBound(n);
        FloatVector sum = FloatVector.broadcast(FLOATS, 0);
        int shift = at2 - at;
        for (int j = at; j < bound; j += LANES) {
            FloatVector x = FloatVector.fromArray(FLOATS, state2, j);
            FloatVector x2 = FloatVector.fromArray(FLOATS, y, j + shift);
            FloatVector x3 = x.sub(x2);
            FloatVector x4 = x3.mul(x3);
            sum = sum.add(x4);
        }
        if (bound < at + n) {
            int j = at + n - LANES;
            VectorMask<Float> tail = FLOATS.indexInRange(j - bound, LANES);
            FloatVector x5 = FloatVector.fromArray(FLOATS, state2, j);
            FloatVector x6 = FloatVector.fromArray(FLOATS, y, j + shift);
            FloatVector x7 = x5.sub(x6);
            FloatVector x8 = x7.mul(x7);
            sum = sum.add(x8, tail);
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
