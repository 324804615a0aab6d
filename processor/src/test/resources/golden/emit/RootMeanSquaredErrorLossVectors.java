package sample;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector loops of {@code RootMeanSquaredErrorLoss}.
 */
final class RootMeanSquaredErrorLossVectors {
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;

    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;

    private static final int LANES = FLOATS.length();

    private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;

    private static final VectorShuffle<Double> BY_16 = VectorShuffle.iota(DOUBLES, 16, 1, true);

    private static final VectorShuffle<Double> BY_8 = VectorShuffle.iota(DOUBLES, 8, 1, true);

    private static final VectorShuffle<Double> BY_4 = VectorShuffle.iota(DOUBLES, 4, 1, true);

    private static final VectorShuffle<Double> BY_2 = VectorShuffle.iota(DOUBLES, 2, 1, true);

    private static final VectorShuffle<Double> BY_1 = VectorShuffle.iota(DOUBLES, 1, 1, true);

    private RootMeanSquaredErrorLossVectors() {
    }

    static void gradientInStrips(int n, float[] sumAccumulator1) {
        int end = n;
        FloatVector c = FloatVector.broadcast(FLOATS, 0f);
        for (int j = 0; j < end; j += LANES) {
            c.intoArray(sumAccumulator1, j);
        }
    }

    static void gradientInStrips2(int at, int n, float[] pColumns2, float[] yColumns2,
            float[] sumAccumulator1) {
        int end = at + n;
        for (int j = at; j < end; j += LANES) {
            FloatVector x = FloatVector.fromArray(FLOATS, pColumns2, j);
            FloatVector x2 = FloatVector.fromArray(FLOATS, yColumns2, j);
            FloatVector x3 = x.sub(x2);
            FloatVector x4 = x3.mul(x3);
            FloatVector x5 = FloatVector.fromArray(FLOATS, sumAccumulator1, j - at);
            FloatVector x6 = x5.add(x4);
            x6.intoArray(sumAccumulator1, j - at);
        }
    }

    static void gradientInStrips3OfFew(int n, float[] sumAccumulator1, float toFloat0,
            double[] results) {
        FloatVector sum = FloatVector.broadcast(FLOATS, 0);
        FloatVector c = FloatVector.broadcast(FLOATS, 1f);
        FloatVector toFloat02 = FloatVector.broadcast(FLOATS, toFloat0);
        FloatVector u = c.div(toFloat02);
        FloatVector u2 = toFloat02.neg();
        int j = 0;
        VectorMask<Float> tail = FLOATS.indexInRange(0, n);
        FloatVector x11 = FloatVector.fromArray(FLOATS, sumAccumulator1, j);
        FloatVector x12 = x11.mul(u);
        FloatVector x13 = x12.fma(u2, x11);
        FloatVector x14 = x13.fma(u, x12);
        VectorMask<Float> mask3 = x14.compare(VectorOperators.NE, x14);
        FloatVector x15 = x14.blend(x12, mask3);
        sum = sum.add(x15, tail);
        results[0] = sum(sum);
    }

    static void gradientInStrips3(int n, float[] sumAccumulator1, float toFloat0,
            double[] results) {
        if (n < LANES) {
            gradientInStrips3OfFew(n, sumAccumulator1, toFloat0, results);
            return;
        }
        int bound = FLOATS.loopBound(n);
        FloatVector sum = FloatVector.broadcast(FLOATS, 0);
        FloatVector c = FloatVector.broadcast(FLOATS, 1f);
        FloatVector toFloat02 = FloatVector.broadcast(FLOATS, toFloat0);
        FloatVector u = c.div(toFloat02);
        FloatVector u2 = toFloat02.neg();
        for (int j = 0; j < bound; j += LANES) {
            FloatVector x = FloatVector.fromArray(FLOATS, sumAccumulator1, j);
            FloatVector x2 = x.mul(u);
            FloatVector x3 = x2.fma(u2, x);
            FloatVector x4 = x3.fma(u, x2);
            VectorMask<Float> mask = x4.compare(VectorOperators.NE, x4);
            FloatVector x5 = x4.blend(x2, mask);
            sum = sum.add(x5);
        }
        if (bound < n) {
            int j = n - LANES;
            VectorMask<Float> tail = FLOATS.indexInRange(j - bound, LANES);
            FloatVector x6 = FloatVector.fromArray(FLOATS, sumAccumulator1, j);
            FloatVector x7 = x6.mul(u);
            FloatVector x8 = x7.fma(u2, x6);
            FloatVector x9 = x8.fma(u, x7);
            VectorMask<Float> mask2 = x9.compare(VectorOperators.NE, x9);
            FloatVector x10 = x9.blend(x7, mask2);
            sum = sum.add(x10, tail);
        }
        results[0] = sum(sum);
    }

    static void gradientInStrips4(int at, int n, float[] pColumns3, float[] yColumns3, float factor,
            boolean u, float nanOrZero0, float scale, float[] pGradientColumns) {
        int end = at + n;
        FloatVector factor2 = FloatVector.broadcast(FLOATS, factor);
        VectorMask<Float> uMask = FLOATS.maskAll(u);
        FloatVector nanOrZero02 = FloatVector.broadcast(FLOATS, nanOrZero0);
        FloatVector scale2 = FloatVector.broadcast(FLOATS, scale);
        for (int j = at; j < end; j += LANES) {
            FloatVector x = FloatVector.fromArray(FLOATS, pColumns3, j);
            FloatVector x2 = FloatVector.fromArray(FLOATS, yColumns3, j);
            FloatVector x3 = x.sub(x2);
            FloatVector x4 = x3.mul(factor2);
            FloatVector x5 = nanOrZero02.blend(x4, uMask);
            FloatVector x6 = x5.mul(scale2);
            x6.intoArray(pGradientColumns, j);
        }
    }

    static void gradientInVectorsOfFew(int at, int n, float[] p, float[] y, int at2,
            double[] results) {
        FloatVector sum = FloatVector.broadcast(FLOATS, 0);
        int shift = at2 - at;
        int j = at;
        VectorMask<Float> tail = FLOATS.indexInRange(0, n);
        FloatVector x9 = FloatVector.fromArray(FLOATS, p, j, tail);
        FloatVector x10 = FloatVector.fromArray(FLOATS, y, j + shift, tail);
        FloatVector x11 = x9.sub(x10);
        FloatVector x12 = x11.mul(x11);
        sum = sum.add(x12, tail);
        results[0] = sum(sum);
    }

    static void gradientInVectors(int at, int n, float[] p, float[] y, int at2, double[] results) {
        if (n < LANES) {
            gradientInVectorsOfFew(at, n, p, y, at2, results);
            return;
        }
        int bound = at + FLOATS.loopBound(n);
        FloatVector sum = FloatVector.broadcast(FLOATS, 0);
        int shift = at2 - at;
        for (int j = at; j < bound; j += LANES) {
            FloatVector x = FloatVector.fromArray(FLOATS, p, j);
            FloatVector x2 = FloatVector.fromArray(FLOATS, y, j + shift);
            FloatVector x3 = x.sub(x2);
            FloatVector x4 = x3.mul(x3);
            sum = sum.add(x4);
        }
        if (bound < at + n) {
            int j = at + n - LANES;
            VectorMask<Float> tail = FLOATS.indexInRange(j - bound, LANES);
            FloatVector x5 = FloatVector.fromArray(FLOATS, p, j);
            FloatVector x6 = FloatVector.fromArray(FLOATS, y, j + shift);
            FloatVector x7 = x5.sub(x6);
            FloatVector x8 = x7.mul(x7);
            sum = sum.add(x8, tail);
        }
        results[0] = sum(sum);
    }

    static void gradientInVectors2OfFew(int at, int n, float[] p, float[] y, int at2, float factor,
            boolean u, float nanOrZero0, float scale, float[] pGradient) {
        int shift = at2 - at;
        FloatVector factor2 = FloatVector.broadcast(FLOATS, factor);
        VectorMask<Float> uMask = FLOATS.maskAll(u);
        FloatVector nanOrZero02 = FloatVector.broadcast(FLOATS, nanOrZero0);
        FloatVector scale2 = FloatVector.broadcast(FLOATS, scale);
        int j = at;
        VectorMask<Float> tail = FLOATS.indexInRange(0, n);
        FloatVector x13 = FloatVector.fromArray(FLOATS, p, j, tail);
        FloatVector x14 = FloatVector.fromArray(FLOATS, y, j + shift, tail);
        FloatVector x15 = x13.sub(x14);
        FloatVector x16 = x15.mul(factor2);
        FloatVector x17 = nanOrZero02.blend(x16, uMask);
        FloatVector x18 = x17.mul(scale2);
        x18.intoArray(pGradient, j, tail);
    }

    static void gradientInVectors2(int at, int n, float[] p, float[] y, int at2, float factor,
            boolean u, float nanOrZero0, float scale, float[] pGradient) {
        if (n < LANES) {
            gradientInVectors2OfFew(at, n, p, y, at2, factor, u, nanOrZero0, scale, pGradient);
            return;
        }
        int bound = at + FLOATS.loopBound(n);
        int shift = at2 - at;
        FloatVector factor2 = FloatVector.broadcast(FLOATS, factor);
        VectorMask<Float> uMask = FLOATS.maskAll(u);
        FloatVector nanOrZero02 = FloatVector.broadcast(FLOATS, nanOrZero0);
        FloatVector scale2 = FloatVector.broadcast(FLOATS, scale);
        for (int j = at; j < bound; j += LANES) {
            FloatVector x = FloatVector.fromArray(FLOATS, p, j);
            FloatVector x2 = FloatVector.fromArray(FLOATS, y, j + shift);
            FloatVector x3 = x.sub(x2);
            FloatVector x4 = x3.mul(factor2);
            FloatVector x5 = nanOrZero02.blend(x4, uMask);
            FloatVector x6 = x5.mul(scale2);
            x6.intoArray(pGradient, j);
        }
        if (bound < at + n) {
            int j = at + n - LANES;
            FloatVector x7 = FloatVector.fromArray(FLOATS, p, j);
            FloatVector x8 = FloatVector.fromArray(FLOATS, y, j + shift);
            FloatVector x9 = x7.sub(x8);
            FloatVector x10 = x9.mul(factor2);
            FloatVector x11 = nanOrZero02.blend(x10, uMask);
            FloatVector x12 = x11.mul(scale2);
            x12.intoArray(pGradient, j);
        }
    }

    static void valueInStrips(int n, float[] sumAccumulator3) {
        int end = n;
        FloatVector c = FloatVector.broadcast(FLOATS, 0f);
        for (int j = 0; j < end; j += LANES) {
            c.intoArray(sumAccumulator3, j);
        }
    }

    static void valueInStrips2(int at, int n, float[] pColumns2, float[] yColumns2,
            float[] sumAccumulator3) {
        int end = at + n;
        for (int j = at; j < end; j += LANES) {
            FloatVector x = FloatVector.fromArray(FLOATS, pColumns2, j);
            FloatVector x2 = FloatVector.fromArray(FLOATS, yColumns2, j);
            FloatVector x3 = x.sub(x2);
            FloatVector x4 = x3.mul(x3);
            FloatVector x5 = FloatVector.fromArray(FLOATS, sumAccumulator3, j - at);
            FloatVector x6 = x5.add(x4);
            x6.intoArray(sumAccumulator3, j - at);
        }
    }

    static void valueInStrips3OfFew(int n, float[] sumAccumulator3, float toFloat2,
            double[] results) {
        FloatVector sum = FloatVector.broadcast(FLOATS, 0);
        FloatVector c = FloatVector.broadcast(FLOATS, 1f);
        FloatVector toFloat22 = FloatVector.broadcast(FLOATS, toFloat2);
        FloatVector u = c.div(toFloat22);
        FloatVector u2 = toFloat22.neg();
        int j = 0;
        VectorMask<Float> tail = FLOATS.indexInRange(0, n);
        FloatVector x11 = FloatVector.fromArray(FLOATS, sumAccumulator3, j);
        FloatVector x12 = x11.mul(u);
        FloatVector x13 = x12.fma(u2, x11);
        FloatVector x14 = x13.fma(u, x12);
        VectorMask<Float> mask3 = x14.compare(VectorOperators.NE, x14);
        FloatVector x15 = x14.blend(x12, mask3);
        sum = sum.add(x15, tail);
        results[0] = sum(sum);
    }

    static void valueInStrips3(int n, float[] sumAccumulator3, float toFloat2, double[] results) {
        if (n < LANES) {
            valueInStrips3OfFew(n, sumAccumulator3, toFloat2, results);
            return;
        }
        int bound = FLOATS.loopBound(n);
        FloatVector sum = FloatVector.broadcast(FLOATS, 0);
        FloatVector c = FloatVector.broadcast(FLOATS, 1f);
        FloatVector toFloat22 = FloatVector.broadcast(FLOATS, toFloat2);
        FloatVector u = c.div(toFloat22);
        FloatVector u2 = toFloat22.neg();
        for (int j = 0; j < bound; j += LANES) {
            FloatVector x = FloatVector.fromArray(FLOATS, sumAccumulator3, j);
            FloatVector x2 = x.mul(u);
            FloatVector x3 = x2.fma(u2, x);
            FloatVector x4 = x3.fma(u, x2);
            VectorMask<Float> mask = x4.compare(VectorOperators.NE, x4);
            FloatVector x5 = x4.blend(x2, mask);
            sum = sum.add(x5);
        }
        if (bound < n) {
            int j = n - LANES;
            VectorMask<Float> tail = FLOATS.indexInRange(j - bound, LANES);
            FloatVector x6 = FloatVector.fromArray(FLOATS, sumAccumulator3, j);
            FloatVector x7 = x6.mul(u);
            FloatVector x8 = x7.fma(u2, x6);
            FloatVector x9 = x8.fma(u, x7);
            VectorMask<Float> mask2 = x9.compare(VectorOperators.NE, x9);
            FloatVector x10 = x9.blend(x7, mask2);
            sum = sum.add(x10, tail);
        }
        results[0] = sum(sum);
    }

    static void valueInVectorsOfFew(int at, int n, float[] p, float[] y, int at2,
            double[] results) {
        FloatVector sum = FloatVector.broadcast(FLOATS, 0);
        int shift = at2 - at;
        int j = at;
        VectorMask<Float> tail = FLOATS.indexInRange(0, n);
        FloatVector x9 = FloatVector.fromArray(FLOATS, p, j, tail);
        FloatVector x10 = FloatVector.fromArray(FLOATS, y, j + shift, tail);
        FloatVector x11 = x9.sub(x10);
        FloatVector x12 = x11.mul(x11);
        sum = sum.add(x12, tail);
        results[0] = sum(sum);
    }

    static void valueInVectors(int at, int n, float[] p, float[] y, int at2, double[] results) {
        if (n < LANES) {
            valueInVectorsOfFew(at, n, p, y, at2, results);
            return;
        }
        int bound = at + FLOATS.loopBound(n);
        FloatVector sum = FloatVector.broadcast(FLOATS, 0);
        int shift = at2 - at;
        for (int j = at; j < bound; j += LANES) {
            FloatVector x = FloatVector.fromArray(FLOATS, p, j);
            FloatVector x2 = FloatVector.fromArray(FLOATS, y, j + shift);
            FloatVector x3 = x.sub(x2);
            FloatVector x4 = x3.mul(x3);
            sum = sum.add(x4);
        }
        if (bound < at + n) {
            int j = at + n - LANES;
            VectorMask<Float> tail = FLOATS.indexInRange(j - bound, LANES);
            FloatVector x5 = FloatVector.fromArray(FLOATS, p, j);
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
