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
        FloatVector c4 = FloatVector.broadcast(FLOATS, 1.442695f);
        FloatVector c5 = FloatVector.broadcast(FLOATS, 1.2583103E7f);
        FloatVector c6 = FloatVector.broadcast(FLOATS, -0.6933594f);
        FloatVector c7 = FloatVector.broadcast(FLOATS, 2.1219444E-4f);
        FloatVector c8 = FloatVector.broadcast(FLOATS, 0.0013820742f);
        FloatVector c9 = FloatVector.broadcast(FLOATS, 0.008369248f);
        FloatVector c10 = FloatVector.broadcast(FLOATS, 0.04166828f);
        FloatVector c11 = FloatVector.broadcast(FLOATS, 0.16666517f);
        FloatVector c12 = FloatVector.broadcast(FLOATS, 0.49999994f);
        FloatVector c13 = FloatVector.broadcast(FLOATS, 1f);
        FloatVector c14 = FloatVector.broadcast(FLOATS, 5.421011E-20f);
        FloatVector c15 = FloatVector.broadcast(FLOATS, -104f);
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
            FloatVector x11 = x10.fma(c4, c5);
            FloatVector x12 = x11.sub(c5);
            FloatVector x13 = x12.fma(c6, x10);
            FloatVector x14 = x12.fma(c7, x13);
            IntVector i3 = x11.reinterpretAsInts();
            IntVector i4 = i3.lanewise(VectorOperators.LSHL, 23);
            FloatVector x15 = i4.reinterpretAsFloats();
            FloatVector x16 = c8.fma(x14, c9);
            FloatVector x17 = x16.fma(x14, c10);
            FloatVector x18 = x17.fma(x14, c11);
            FloatVector x19 = x18.fma(x14, c12);
            FloatVector x20 = x14.fma(x19, c13);
            FloatVector x21 = x14.fma(x20, c13);
            FloatVector x22 = x21.mul(x15);
            FloatVector x23 = x22.mul(c14);
            VectorMask<Float> mask = x10.compare(VectorOperators.LT, c15);
            FloatVector x24 = x23.blend(c16, mask);
            VectorMask<Float> mask2 = x9.compare(VectorOperators.LT, c16);
            FloatVector x25 = c13.blend(x24, mask2);
            FloatVector x26 = x24.add(c13);
            FloatVector x27 = x25.div(x26);
            FloatVector x28 = x9.neg();
            VectorMask<Float> mask3 = x28.compare(VectorOperators.LT, c16);
            FloatVector x29 = c13.blend(x24, mask3);
            FloatVector x30 = x29.div(x26);
            FloatVector x31 = x27.mul(x30);
            FloatVector x32 = c17.mul(x31);
            FloatVector x33 = x3.mul(x3);
            FloatVector x34 = FloatVector.fromArray(FLOATS, sumAccumulator0, j - at);
            FloatVector x35 = x34.add(x33);
            x3.intoArray(subtractTable0, j + shift);
            x4.intoArray(multiplyTable0, j + shift);
            x32.intoArray(multiplyTable1, j + shift);
            x35.intoArray(sumAccumulator0, j - at);
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
        FloatVector c4 = FloatVector.broadcast(FLOATS, 1.442695f);
        FloatVector c5 = FloatVector.broadcast(FLOATS, 1.2583103E7f);
        FloatVector c6 = FloatVector.broadcast(FLOATS, -0.6933594f);
        FloatVector c7 = FloatVector.broadcast(FLOATS, 2.1219444E-4f);
        FloatVector c8 = FloatVector.broadcast(FLOATS, 0.0013820742f);
        FloatVector c9 = FloatVector.broadcast(FLOATS, 0.008369248f);
        FloatVector c10 = FloatVector.broadcast(FLOATS, 0.04166828f);
        FloatVector c11 = FloatVector.broadcast(FLOATS, 0.16666517f);
        FloatVector c12 = FloatVector.broadcast(FLOATS, 0.49999994f);
        FloatVector c13 = FloatVector.broadcast(FLOATS, 1f);
        FloatVector c14 = FloatVector.broadcast(FLOATS, 5.421011E-20f);
        FloatVector c15 = FloatVector.broadcast(FLOATS, -104f);
        FloatVector c16 = FloatVector.broadcast(FLOATS, 0f);
        FloatVector c17 = FloatVector.broadcast(FLOATS, 4f);
        int shift2 = at3 - at;
        FloatVector scale2 = FloatVector.broadcast(FLOATS, scale);
        int j = at;
        VectorMask<Float> tail = FLOATS.indexInRange(0, n);
        FloatVector x77 = FloatVector.fromArray(FLOATS, subtractTable0, j);
        FloatVector x78 = c.mul(x77);
        FloatVector x79 = FloatVector.fromArray(FLOATS, state1, j + shift);
        FloatVector x80 = x78.add(x79);
        FloatVector x81 = FloatVector.fromArray(FLOATS, state0, j);
        FloatVector x82 = c2.mul(x81);
        FloatVector x83 = FloatVector.fromArray(FLOATS, pColumns, j);
        FloatVector x84 = x82.add(x83);
        FloatVector x85 = c.mul(x84);
        IntVector i9 = x85.reinterpretAsInts();
        IntVector i10 = i9.or(c3);
        FloatVector x86 = i10.reinterpretAsFloats();
        FloatVector x87 = x86.fma(c4, c5);
        FloatVector x88 = x87.sub(c5);
        FloatVector x89 = x88.fma(c6, x86);
        FloatVector x90 = x88.fma(c7, x89);
        IntVector i11 = x87.reinterpretAsInts();
        IntVector i12 = i11.lanewise(VectorOperators.LSHL, 23);
        FloatVector x91 = i12.reinterpretAsFloats();
        FloatVector x92 = c8.fma(x90, c9);
        FloatVector x93 = x92.fma(x90, c10);
        FloatVector x94 = x93.fma(x90, c11);
        FloatVector x95 = x94.fma(x90, c12);
        FloatVector x96 = x90.fma(x95, c13);
        FloatVector x97 = x90.fma(x96, c13);
        FloatVector x98 = x97.mul(x91);
        FloatVector x99 = x98.mul(c14);
        VectorMask<Float> mask11 = x86.compare(VectorOperators.LT, c15);
        FloatVector x100 = x99.blend(c16, mask11);
        VectorMask<Float> mask12 = x85.compare(VectorOperators.LT, c16);
        FloatVector x101 = c13.blend(x100, mask12);
        FloatVector x102 = x100.add(c13);
        FloatVector x103 = x101.div(x102);
        FloatVector x104 = x85.neg();
        VectorMask<Float> mask13 = x104.compare(VectorOperators.LT, c16);
        FloatVector x105 = c13.blend(x100, mask13);
        FloatVector x106 = x105.div(x102);
        FloatVector x107 = x103.mul(x106);
        FloatVector x108 = c17.mul(x107);
        FloatVector x109 = x80.mul(x108);
        VectorMask<Float> mask14 = x80.compare(VectorOperators.EQ, c16);
        FloatVector x110 = x109.blend(c16, mask14);
        FloatVector x111 = FloatVector.fromArray(FLOATS, weights, j + shift2, tail);
        FloatVector x112 = x111.mul(scale2);
        FloatVector x113 = x110.mul(x112);
        VectorMask<Float> mask15 = c16.compare(VectorOperators.EQ, x111);
        FloatVector x114 = x113.blend(c16, mask15);
        x114.intoArray(pGradientColumns, j);
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
        FloatVector c4 = FloatVector.broadcast(FLOATS, 1.442695f);
        FloatVector c5 = FloatVector.broadcast(FLOATS, 1.2583103E7f);
        FloatVector c6 = FloatVector.broadcast(FLOATS, -0.6933594f);
        FloatVector c7 = FloatVector.broadcast(FLOATS, 2.1219444E-4f);
        FloatVector c8 = FloatVector.broadcast(FLOATS, 0.0013820742f);
        FloatVector c9 = FloatVector.broadcast(FLOATS, 0.008369248f);
        FloatVector c10 = FloatVector.broadcast(FLOATS, 0.04166828f);
        FloatVector c11 = FloatVector.broadcast(FLOATS, 0.16666517f);
        FloatVector c12 = FloatVector.broadcast(FLOATS, 0.49999994f);
        FloatVector c13 = FloatVector.broadcast(FLOATS, 1f);
        FloatVector c14 = FloatVector.broadcast(FLOATS, 5.421011E-20f);
        FloatVector c15 = FloatVector.broadcast(FLOATS, -104f);
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
            FloatVector x11 = x10.fma(c4, c5);
            FloatVector x12 = x11.sub(c5);
            FloatVector x13 = x12.fma(c6, x10);
            FloatVector x14 = x12.fma(c7, x13);
            IntVector i3 = x11.reinterpretAsInts();
            IntVector i4 = i3.lanewise(VectorOperators.LSHL, 23);
            FloatVector x15 = i4.reinterpretAsFloats();
            FloatVector x16 = c8.fma(x14, c9);
            FloatVector x17 = x16.fma(x14, c10);
            FloatVector x18 = x17.fma(x14, c11);
            FloatVector x19 = x18.fma(x14, c12);
            FloatVector x20 = x14.fma(x19, c13);
            FloatVector x21 = x14.fma(x20, c13);
            FloatVector x22 = x21.mul(x15);
            FloatVector x23 = x22.mul(c14);
            VectorMask<Float> mask = x10.compare(VectorOperators.LT, c15);
            FloatVector x24 = x23.blend(c16, mask);
            VectorMask<Float> mask2 = x9.compare(VectorOperators.LT, c16);
            FloatVector x25 = c13.blend(x24, mask2);
            FloatVector x26 = x24.add(c13);
            FloatVector x27 = x25.div(x26);
            FloatVector x28 = x9.neg();
            VectorMask<Float> mask3 = x28.compare(VectorOperators.LT, c16);
            FloatVector x29 = c13.blend(x24, mask3);
            FloatVector x30 = x29.div(x26);
            FloatVector x31 = x27.mul(x30);
            FloatVector x32 = c17.mul(x31);
            FloatVector x33 = x4.mul(x32);
            VectorMask<Float> mask4 = x4.compare(VectorOperators.EQ, c16);
            FloatVector x34 = x33.blend(c16, mask4);
            FloatVector x35 = FloatVector.fromArray(FLOATS, weights, j + shift2);
            FloatVector x36 = x35.mul(scale2);
            FloatVector x37 = x34.mul(x36);
            VectorMask<Float> mask5 = c16.compare(VectorOperators.EQ, x35);
            FloatVector x38 = x37.blend(c16, mask5);
            x38.intoArray(pGradientColumns, j);
        }
        if (bound < at + n) {
            int j = at + n - LANES;
            FloatVector x39 = FloatVector.fromArray(FLOATS, subtractTable0, j);
            FloatVector x40 = c.mul(x39);
            FloatVector x41 = FloatVector.fromArray(FLOATS, state1, j + shift);
            FloatVector x42 = x40.add(x41);
            FloatVector x43 = FloatVector.fromArray(FLOATS, state0, j);
            FloatVector x44 = c2.mul(x43);
            FloatVector x45 = FloatVector.fromArray(FLOATS, pColumns, j);
            FloatVector x46 = x44.add(x45);
            FloatVector x47 = c.mul(x46);
            IntVector i5 = x47.reinterpretAsInts();
            IntVector i6 = i5.or(c3);
            FloatVector x48 = i6.reinterpretAsFloats();
            FloatVector x49 = x48.fma(c4, c5);
            FloatVector x50 = x49.sub(c5);
            FloatVector x51 = x50.fma(c6, x48);
            FloatVector x52 = x50.fma(c7, x51);
            IntVector i7 = x49.reinterpretAsInts();
            IntVector i8 = i7.lanewise(VectorOperators.LSHL, 23);
            FloatVector x53 = i8.reinterpretAsFloats();
            FloatVector x54 = c8.fma(x52, c9);
            FloatVector x55 = x54.fma(x52, c10);
            FloatVector x56 = x55.fma(x52, c11);
            FloatVector x57 = x56.fma(x52, c12);
            FloatVector x58 = x52.fma(x57, c13);
            FloatVector x59 = x52.fma(x58, c13);
            FloatVector x60 = x59.mul(x53);
            FloatVector x61 = x60.mul(c14);
            VectorMask<Float> mask6 = x48.compare(VectorOperators.LT, c15);
            FloatVector x62 = x61.blend(c16, mask6);
            VectorMask<Float> mask7 = x47.compare(VectorOperators.LT, c16);
            FloatVector x63 = c13.blend(x62, mask7);
            FloatVector x64 = x62.add(c13);
            FloatVector x65 = x63.div(x64);
            FloatVector x66 = x47.neg();
            VectorMask<Float> mask8 = x66.compare(VectorOperators.LT, c16);
            FloatVector x67 = c13.blend(x62, mask8);
            FloatVector x68 = x67.div(x64);
            FloatVector x69 = x65.mul(x68);
            FloatVector x70 = c17.mul(x69);
            FloatVector x71 = x42.mul(x70);
            VectorMask<Float> mask9 = x42.compare(VectorOperators.EQ, c16);
            FloatVector x72 = x71.blend(c16, mask9);
            FloatVector x73 = FloatVector.fromArray(FLOATS, weights, j + shift2);
            FloatVector x74 = x73.mul(scale2);
            FloatVector x75 = x72.mul(x74);
            VectorMask<Float> mask10 = c16.compare(VectorOperators.EQ, x73);
            FloatVector x76 = x75.blend(c16, mask10);
            x76.intoArray(pGradientColumns, j);
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
        FloatVector c4 = FloatVector.broadcast(FLOATS, 1.442695f);
        FloatVector c5 = FloatVector.broadcast(FLOATS, 1.2583103E7f);
        FloatVector c6 = FloatVector.broadcast(FLOATS, -0.6933594f);
        FloatVector c7 = FloatVector.broadcast(FLOATS, 2.1219444E-4f);
        FloatVector c8 = FloatVector.broadcast(FLOATS, 0.0013820742f);
        FloatVector c9 = FloatVector.broadcast(FLOATS, 0.008369248f);
        FloatVector c10 = FloatVector.broadcast(FLOATS, 0.04166828f);
        FloatVector c11 = FloatVector.broadcast(FLOATS, 0.16666517f);
        FloatVector c12 = FloatVector.broadcast(FLOATS, 0.49999994f);
        FloatVector c13 = FloatVector.broadcast(FLOATS, 1f);
        FloatVector c14 = FloatVector.broadcast(FLOATS, 5.421011E-20f);
        FloatVector c15 = FloatVector.broadcast(FLOATS, -104f);
        FloatVector c16 = FloatVector.broadcast(FLOATS, 0f);
        FloatVector c17 = FloatVector.broadcast(FLOATS, 4f);
        int j = at;
        VectorMask<Float> tail = FLOATS.indexInRange(0, n);
        FloatVector x67 = FloatVector.fromArray(FLOATS, state0, j, tail);
        FloatVector x68 = FloatVector.fromArray(FLOATS, y, j + shift, tail);
        FloatVector x69 = x67.sub(x68);
        FloatVector x70 = c.mul(x69);
        FloatVector x71 = FloatVector.fromArray(FLOATS, state0, j + shift2, tail);
        FloatVector x72 = c2.mul(x71);
        FloatVector x73 = FloatVector.fromArray(FLOATS, p, j + shift3, tail);
        FloatVector x74 = x72.add(x73);
        FloatVector x75 = c.mul(x74);
        IntVector i9 = x75.reinterpretAsInts();
        IntVector i10 = i9.or(c3);
        FloatVector x76 = i10.reinterpretAsFloats();
        FloatVector x77 = x76.fma(c4, c5);
        FloatVector x78 = x77.sub(c5);
        FloatVector x79 = x78.fma(c6, x76);
        FloatVector x80 = x78.fma(c7, x79);
        IntVector i11 = x77.reinterpretAsInts();
        IntVector i12 = i11.lanewise(VectorOperators.LSHL, 23);
        FloatVector x81 = i12.reinterpretAsFloats();
        FloatVector x82 = c8.fma(x80, c9);
        FloatVector x83 = x82.fma(x80, c10);
        FloatVector x84 = x83.fma(x80, c11);
        FloatVector x85 = x84.fma(x80, c12);
        FloatVector x86 = x80.fma(x85, c13);
        FloatVector x87 = x80.fma(x86, c13);
        FloatVector x88 = x87.mul(x81);
        FloatVector x89 = x88.mul(c14);
        VectorMask<Float> mask7 = x76.compare(VectorOperators.LT, c15);
        FloatVector x90 = x89.blend(c16, mask7);
        VectorMask<Float> mask8 = x75.compare(VectorOperators.LT, c16);
        FloatVector x91 = c13.blend(x90, mask8);
        FloatVector x92 = x90.add(c13);
        FloatVector x93 = x91.div(x92);
        FloatVector x94 = x75.neg();
        VectorMask<Float> mask9 = x94.compare(VectorOperators.LT, c16);
        FloatVector x95 = c13.blend(x90, mask9);
        FloatVector x96 = x95.div(x92);
        FloatVector x97 = x93.mul(x96);
        FloatVector x98 = c17.mul(x97);
        FloatVector x99 = x69.mul(x69);
        x69.intoArray(subtractTable0, j + shift2, tail);
        x70.intoArray(multiplyTable0, j + shift2, tail);
        x98.intoArray(multiplyTable1, j + shift2, tail);
        sum = sum.add(x99, tail);
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
        FloatVector c4 = FloatVector.broadcast(FLOATS, 1.442695f);
        FloatVector c5 = FloatVector.broadcast(FLOATS, 1.2583103E7f);
        FloatVector c6 = FloatVector.broadcast(FLOATS, -0.6933594f);
        FloatVector c7 = FloatVector.broadcast(FLOATS, 2.1219444E-4f);
        FloatVector c8 = FloatVector.broadcast(FLOATS, 0.0013820742f);
        FloatVector c9 = FloatVector.broadcast(FLOATS, 0.008369248f);
        FloatVector c10 = FloatVector.broadcast(FLOATS, 0.04166828f);
        FloatVector c11 = FloatVector.broadcast(FLOATS, 0.16666517f);
        FloatVector c12 = FloatVector.broadcast(FLOATS, 0.49999994f);
        FloatVector c13 = FloatVector.broadcast(FLOATS, 1f);
        FloatVector c14 = FloatVector.broadcast(FLOATS, 5.421011E-20f);
        FloatVector c15 = FloatVector.broadcast(FLOATS, -104f);
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
            FloatVector x11 = x10.fma(c4, c5);
            FloatVector x12 = x11.sub(c5);
            FloatVector x13 = x12.fma(c6, x10);
            FloatVector x14 = x12.fma(c7, x13);
            IntVector i3 = x11.reinterpretAsInts();
            IntVector i4 = i3.lanewise(VectorOperators.LSHL, 23);
            FloatVector x15 = i4.reinterpretAsFloats();
            FloatVector x16 = c8.fma(x14, c9);
            FloatVector x17 = x16.fma(x14, c10);
            FloatVector x18 = x17.fma(x14, c11);
            FloatVector x19 = x18.fma(x14, c12);
            FloatVector x20 = x14.fma(x19, c13);
            FloatVector x21 = x14.fma(x20, c13);
            FloatVector x22 = x21.mul(x15);
            FloatVector x23 = x22.mul(c14);
            VectorMask<Float> mask = x10.compare(VectorOperators.LT, c15);
            FloatVector x24 = x23.blend(c16, mask);
            VectorMask<Float> mask2 = x9.compare(VectorOperators.LT, c16);
            FloatVector x25 = c13.blend(x24, mask2);
            FloatVector x26 = x24.add(c13);
            FloatVector x27 = x25.div(x26);
            FloatVector x28 = x9.neg();
            VectorMask<Float> mask3 = x28.compare(VectorOperators.LT, c16);
            FloatVector x29 = c13.blend(x24, mask3);
            FloatVector x30 = x29.div(x26);
            FloatVector x31 = x27.mul(x30);
            FloatVector x32 = c17.mul(x31);
            FloatVector x33 = x3.mul(x3);
            x3.intoArray(subtractTable0, j + shift2);
            x4.intoArray(multiplyTable0, j + shift2);
            x32.intoArray(multiplyTable1, j + shift2);
            sum = sum.add(x33);
        }
        if (bound < at + n) {
            int j = at + n - LANES;
            VectorMask<Float> tail = FLOATS.indexInRange(j - bound, LANES);
            FloatVector x34 = FloatVector.fromArray(FLOATS, state0, j);
            FloatVector x35 = FloatVector.fromArray(FLOATS, y, j + shift);
            FloatVector x36 = x34.sub(x35);
            FloatVector x37 = c.mul(x36);
            FloatVector x38 = FloatVector.fromArray(FLOATS, state0, j + shift2);
            FloatVector x39 = c2.mul(x38);
            FloatVector x40 = FloatVector.fromArray(FLOATS, p, j + shift3);
            FloatVector x41 = x39.add(x40);
            FloatVector x42 = c.mul(x41);
            IntVector i5 = x42.reinterpretAsInts();
            IntVector i6 = i5.or(c3);
            FloatVector x43 = i6.reinterpretAsFloats();
            FloatVector x44 = x43.fma(c4, c5);
            FloatVector x45 = x44.sub(c5);
            FloatVector x46 = x45.fma(c6, x43);
            FloatVector x47 = x45.fma(c7, x46);
            IntVector i7 = x44.reinterpretAsInts();
            IntVector i8 = i7.lanewise(VectorOperators.LSHL, 23);
            FloatVector x48 = i8.reinterpretAsFloats();
            FloatVector x49 = c8.fma(x47, c9);
            FloatVector x50 = x49.fma(x47, c10);
            FloatVector x51 = x50.fma(x47, c11);
            FloatVector x52 = x51.fma(x47, c12);
            FloatVector x53 = x47.fma(x52, c13);
            FloatVector x54 = x47.fma(x53, c13);
            FloatVector x55 = x54.mul(x48);
            FloatVector x56 = x55.mul(c14);
            VectorMask<Float> mask4 = x43.compare(VectorOperators.LT, c15);
            FloatVector x57 = x56.blend(c16, mask4);
            VectorMask<Float> mask5 = x42.compare(VectorOperators.LT, c16);
            FloatVector x58 = c13.blend(x57, mask5);
            FloatVector x59 = x57.add(c13);
            FloatVector x60 = x58.div(x59);
            FloatVector x61 = x42.neg();
            VectorMask<Float> mask6 = x61.compare(VectorOperators.LT, c16);
            FloatVector x62 = c13.blend(x57, mask6);
            FloatVector x63 = x62.div(x59);
            FloatVector x64 = x60.mul(x63);
            FloatVector x65 = c17.mul(x64);
            FloatVector x66 = x36.mul(x36);
            x36.intoArray(subtractTable0, j + shift2);
            x37.intoArray(multiplyTable0, j + shift2);
            x65.intoArray(multiplyTable1, j + shift2);
            sum = sum.add(x66, tail);
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
        FloatVector c4 = FloatVector.broadcast(FLOATS, 1.442695f);
        FloatVector c5 = FloatVector.broadcast(FLOATS, 1.2583103E7f);
        FloatVector c6 = FloatVector.broadcast(FLOATS, -0.6933594f);
        FloatVector c7 = FloatVector.broadcast(FLOATS, 2.1219444E-4f);
        FloatVector c8 = FloatVector.broadcast(FLOATS, 0.0013820742f);
        FloatVector c9 = FloatVector.broadcast(FLOATS, 0.008369248f);
        FloatVector c10 = FloatVector.broadcast(FLOATS, 0.04166828f);
        FloatVector c11 = FloatVector.broadcast(FLOATS, 0.16666517f);
        FloatVector c12 = FloatVector.broadcast(FLOATS, 0.49999994f);
        FloatVector c13 = FloatVector.broadcast(FLOATS, 1f);
        FloatVector c14 = FloatVector.broadcast(FLOATS, 5.421011E-20f);
        FloatVector c15 = FloatVector.broadcast(FLOATS, -104f);
        FloatVector c16 = FloatVector.broadcast(FLOATS, 0f);
        FloatVector c17 = FloatVector.broadcast(FLOATS, 4f);
        FloatVector scale2 = FloatVector.broadcast(FLOATS, scale);
        int j = at;
        VectorMask<Float> tail = FLOATS.indexInRange(0, n);
        FloatVector x71 = FloatVector.fromArray(FLOATS, subtractTable0, j, tail);
        FloatVector x72 = c.mul(x71);
        FloatVector x73 = FloatVector.fromArray(FLOATS, state1, j + shift, tail);
        FloatVector x74 = x72.add(x73);
        FloatVector x75 = FloatVector.fromArray(FLOATS, state0, j, tail);
        FloatVector x76 = c2.mul(x75);
        FloatVector x77 = FloatVector.fromArray(FLOATS, p, j + shift2, tail);
        FloatVector x78 = x76.add(x77);
        FloatVector x79 = c.mul(x78);
        IntVector i9 = x79.reinterpretAsInts();
        IntVector i10 = i9.or(c3);
        FloatVector x80 = i10.reinterpretAsFloats();
        FloatVector x81 = x80.fma(c4, c5);
        FloatVector x82 = x81.sub(c5);
        FloatVector x83 = x82.fma(c6, x80);
        FloatVector x84 = x82.fma(c7, x83);
        IntVector i11 = x81.reinterpretAsInts();
        IntVector i12 = i11.lanewise(VectorOperators.LSHL, 23);
        FloatVector x85 = i12.reinterpretAsFloats();
        FloatVector x86 = c8.fma(x84, c9);
        FloatVector x87 = x86.fma(x84, c10);
        FloatVector x88 = x87.fma(x84, c11);
        FloatVector x89 = x88.fma(x84, c12);
        FloatVector x90 = x84.fma(x89, c13);
        FloatVector x91 = x84.fma(x90, c13);
        FloatVector x92 = x91.mul(x85);
        FloatVector x93 = x92.mul(c14);
        VectorMask<Float> mask9 = x80.compare(VectorOperators.LT, c15);
        FloatVector x94 = x93.blend(c16, mask9);
        VectorMask<Float> mask10 = x79.compare(VectorOperators.LT, c16);
        FloatVector x95 = c13.blend(x94, mask10);
        FloatVector x96 = x94.add(c13);
        FloatVector x97 = x95.div(x96);
        FloatVector x98 = x79.neg();
        VectorMask<Float> mask11 = x98.compare(VectorOperators.LT, c16);
        FloatVector x99 = c13.blend(x94, mask11);
        FloatVector x100 = x99.div(x96);
        FloatVector x101 = x97.mul(x100);
        FloatVector x102 = c17.mul(x101);
        FloatVector x103 = x74.mul(x102);
        VectorMask<Float> mask12 = x74.compare(VectorOperators.EQ, c16);
        FloatVector x104 = x103.blend(c16, mask12);
        FloatVector x105 = x104.mul(scale2);
        x105.intoArray(pGradient, j + shift2, tail);
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
        FloatVector c4 = FloatVector.broadcast(FLOATS, 1.442695f);
        FloatVector c5 = FloatVector.broadcast(FLOATS, 1.2583103E7f);
        FloatVector c6 = FloatVector.broadcast(FLOATS, -0.6933594f);
        FloatVector c7 = FloatVector.broadcast(FLOATS, 2.1219444E-4f);
        FloatVector c8 = FloatVector.broadcast(FLOATS, 0.0013820742f);
        FloatVector c9 = FloatVector.broadcast(FLOATS, 0.008369248f);
        FloatVector c10 = FloatVector.broadcast(FLOATS, 0.04166828f);
        FloatVector c11 = FloatVector.broadcast(FLOATS, 0.16666517f);
        FloatVector c12 = FloatVector.broadcast(FLOATS, 0.49999994f);
        FloatVector c13 = FloatVector.broadcast(FLOATS, 1f);
        FloatVector c14 = FloatVector.broadcast(FLOATS, 5.421011E-20f);
        FloatVector c15 = FloatVector.broadcast(FLOATS, -104f);
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
            FloatVector x11 = x10.fma(c4, c5);
            FloatVector x12 = x11.sub(c5);
            FloatVector x13 = x12.fma(c6, x10);
            FloatVector x14 = x12.fma(c7, x13);
            IntVector i3 = x11.reinterpretAsInts();
            IntVector i4 = i3.lanewise(VectorOperators.LSHL, 23);
            FloatVector x15 = i4.reinterpretAsFloats();
            FloatVector x16 = c8.fma(x14, c9);
            FloatVector x17 = x16.fma(x14, c10);
            FloatVector x18 = x17.fma(x14, c11);
            FloatVector x19 = x18.fma(x14, c12);
            FloatVector x20 = x14.fma(x19, c13);
            FloatVector x21 = x14.fma(x20, c13);
            FloatVector x22 = x21.mul(x15);
            FloatVector x23 = x22.mul(c14);
            VectorMask<Float> mask = x10.compare(VectorOperators.LT, c15);
            FloatVector x24 = x23.blend(c16, mask);
            VectorMask<Float> mask2 = x9.compare(VectorOperators.LT, c16);
            FloatVector x25 = c13.blend(x24, mask2);
            FloatVector x26 = x24.add(c13);
            FloatVector x27 = x25.div(x26);
            FloatVector x28 = x9.neg();
            VectorMask<Float> mask3 = x28.compare(VectorOperators.LT, c16);
            FloatVector x29 = c13.blend(x24, mask3);
            FloatVector x30 = x29.div(x26);
            FloatVector x31 = x27.mul(x30);
            FloatVector x32 = c17.mul(x31);
            FloatVector x33 = x4.mul(x32);
            VectorMask<Float> mask4 = x4.compare(VectorOperators.EQ, c16);
            FloatVector x34 = x33.blend(c16, mask4);
            FloatVector x35 = x34.mul(scale2);
            x35.intoArray(pGradient, j + shift2);
        }
        if (bound < at + n) {
            int j = at + n - LANES;
            FloatVector x36 = FloatVector.fromArray(FLOATS, subtractTable0, j);
            FloatVector x37 = c.mul(x36);
            FloatVector x38 = FloatVector.fromArray(FLOATS, state1, j + shift);
            FloatVector x39 = x37.add(x38);
            FloatVector x40 = FloatVector.fromArray(FLOATS, state0, j);
            FloatVector x41 = c2.mul(x40);
            FloatVector x42 = FloatVector.fromArray(FLOATS, p, j + shift2);
            FloatVector x43 = x41.add(x42);
            FloatVector x44 = c.mul(x43);
            IntVector i5 = x44.reinterpretAsInts();
            IntVector i6 = i5.or(c3);
            FloatVector x45 = i6.reinterpretAsFloats();
            FloatVector x46 = x45.fma(c4, c5);
            FloatVector x47 = x46.sub(c5);
            FloatVector x48 = x47.fma(c6, x45);
            FloatVector x49 = x47.fma(c7, x48);
            IntVector i7 = x46.reinterpretAsInts();
            IntVector i8 = i7.lanewise(VectorOperators.LSHL, 23);
            FloatVector x50 = i8.reinterpretAsFloats();
            FloatVector x51 = c8.fma(x49, c9);
            FloatVector x52 = x51.fma(x49, c10);
            FloatVector x53 = x52.fma(x49, c11);
            FloatVector x54 = x53.fma(x49, c12);
            FloatVector x55 = x49.fma(x54, c13);
            FloatVector x56 = x49.fma(x55, c13);
            FloatVector x57 = x56.mul(x50);
            FloatVector x58 = x57.mul(c14);
            VectorMask<Float> mask5 = x45.compare(VectorOperators.LT, c15);
            FloatVector x59 = x58.blend(c16, mask5);
            VectorMask<Float> mask6 = x44.compare(VectorOperators.LT, c16);
            FloatVector x60 = c13.blend(x59, mask6);
            FloatVector x61 = x59.add(c13);
            FloatVector x62 = x60.div(x61);
            FloatVector x63 = x44.neg();
            VectorMask<Float> mask7 = x63.compare(VectorOperators.LT, c16);
            FloatVector x64 = c13.blend(x59, mask7);
            FloatVector x65 = x64.div(x61);
            FloatVector x66 = x62.mul(x65);
            FloatVector x67 = c17.mul(x66);
            FloatVector x68 = x39.mul(x67);
            VectorMask<Float> mask8 = x39.compare(VectorOperators.EQ, c16);
            FloatVector x69 = x68.blend(c16, mask8);
            FloatVector x70 = x69.mul(scale2);
            x70.intoArray(pGradient, j + shift2);
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
