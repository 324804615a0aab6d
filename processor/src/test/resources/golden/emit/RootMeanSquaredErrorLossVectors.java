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
}
