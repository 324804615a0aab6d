package sample;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector loops of {@code SortedSquaredErrorLoss}.
 */
final class SortedSquaredErrorLossVectors {
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;

    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;

    private static final int LANES = FLOATS.length();

    private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;

    private static final VectorShuffle<Double> BY_16 = VectorShuffle.iota(DOUBLES, 16, 1, true);

    private static final VectorShuffle<Double> BY_8 = VectorShuffle.iota(DOUBLES, 8, 1, true);

    private static final VectorShuffle<Double> BY_4 = VectorShuffle.iota(DOUBLES, 4, 1, true);

    private static final VectorShuffle<Double> BY_2 = VectorShuffle.iota(DOUBLES, 2, 1, true);

    private static final VectorShuffle<Double> BY_1 = VectorShuffle.iota(DOUBLES, 1, 1, true);

    private SortedSquaredErrorLossVectors() {
    }

    static void gradientInVectorsOfFew(int at, int n, float[] p, float[] keys0, int at2, float[] y,
            int at3, float[] keys1) {
        int shift = at2 - at;
        int shift2 = at3 - at;
        int j = at;
        VectorMask<Float> tail = FLOATS.indexInRange(0, n);
        FloatVector x5 = FloatVector.fromArray(FLOATS, p, j, tail);
        x5.intoArray(keys0, j + shift, tail);
        FloatVector x6 = FloatVector.fromArray(FLOATS, y, j + shift2, tail);
        x6.intoArray(keys1, j + shift, tail);
    }

    static void gradientInVectors(int at, int n, float[] p, float[] keys0, int at2, float[] y,
            int at3, float[] keys1) {
        if (n < LANES) {
            gradientInVectorsOfFew(at, n, p, keys0, at2, y, at3, keys1);
            return;
        }
        int bound = at + FLOATS.loopBound(n);
        int shift = at2 - at;
        int shift2 = at3 - at;
        for (int j = at; j < bound; j += LANES) {
            FloatVector x = FloatVector.fromArray(FLOATS, p, j);
            x.intoArray(keys0, j + shift);
            FloatVector x2 = FloatVector.fromArray(FLOATS, y, j + shift2);
            x2.intoArray(keys1, j + shift);
        }
        if (bound < at + n) {
            int j = at + n - LANES;
            FloatVector x3 = FloatVector.fromArray(FLOATS, p, j);
            x3.intoArray(keys0, j + shift);
            FloatVector x4 = FloatVector.fromArray(FLOATS, y, j + shift2);
            x4.intoArray(keys1, j + shift);
        }
    }

    static void valueInVectorsOfFew(int at, int n, float[] p, float[] keys2, int at2, float[] y,
            int at3, float[] keys3) {
        int shift = at2 - at;
        int shift2 = at3 - at;
        int j = at;
        VectorMask<Float> tail = FLOATS.indexInRange(0, n);
        FloatVector x5 = FloatVector.fromArray(FLOATS, p, j, tail);
        x5.intoArray(keys2, j + shift, tail);
        FloatVector x6 = FloatVector.fromArray(FLOATS, y, j + shift2, tail);
        x6.intoArray(keys3, j + shift, tail);
    }

    static void valueInVectors(int at, int n, float[] p, float[] keys2, int at2, float[] y, int at3,
            float[] keys3) {
        if (n < LANES) {
            valueInVectorsOfFew(at, n, p, keys2, at2, y, at3, keys3);
            return;
        }
        int bound = at + FLOATS.loopBound(n);
        int shift = at2 - at;
        int shift2 = at3 - at;
        for (int j = at; j < bound; j += LANES) {
            FloatVector x = FloatVector.fromArray(FLOATS, p, j);
            x.intoArray(keys2, j + shift);
            FloatVector x2 = FloatVector.fromArray(FLOATS, y, j + shift2);
            x2.intoArray(keys3, j + shift);
        }
        if (bound < at + n) {
            int j = at + n - LANES;
            FloatVector x3 = FloatVector.fromArray(FLOATS, p, j);
            x3.intoArray(keys2, j + shift);
            FloatVector x4 = FloatVector.fromArray(FLOATS, y, j + shift2);
            x4.intoArray(keys3, j + shift);
        }
    }

    static void valueInVectors2OfFew(int n, float[] computed, float[] computed2, double[] results) {
        FloatVector sum = FloatVector.broadcast(FLOATS, 0);
        int j = 0;
        VectorMask<Float> tail = FLOATS.indexInRange(0, n);
        FloatVector x9 = FloatVector.fromArray(FLOATS, computed, j);
        FloatVector x10 = FloatVector.fromArray(FLOATS, computed2, j);
        FloatVector x11 = x9.sub(x10);
        FloatVector x12 = x11.mul(x11);
        sum = sum.add(x12, tail);
        results[0] = sum(sum);
    }

    static void valueInVectors2(int n, float[] computed, float[] computed2, double[] results) {
        if (n < LANES) {
            valueInVectors2OfFew(n, computed, computed2, results);
            return;
        }
        int bound = FLOATS.loopBound(n);
        FloatVector sum = FloatVector.broadcast(FLOATS, 0);
        for (int j = 0; j < bound; j += LANES) {
            FloatVector x = FloatVector.fromArray(FLOATS, computed, j);
            FloatVector x2 = FloatVector.fromArray(FLOATS, computed2, j);
            FloatVector x3 = x.sub(x2);
            FloatVector x4 = x3.mul(x3);
            sum = sum.add(x4);
        }
        if (bound < n) {
            int j = n - LANES;
            VectorMask<Float> tail = FLOATS.indexInRange(j - bound, LANES);
            FloatVector x5 = FloatVector.fromArray(FLOATS, computed, j);
            FloatVector x6 = FloatVector.fromArray(FLOATS, computed2, j);
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
