package sample;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector loops of {@code SortedSquaredErrorLoss}.
 */
final class SortedSquaredErrorLossVectors {
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;

    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;

    private static final int LANES = FLOATS.length();

    private SortedSquaredErrorLossVectors() {
    }

    static void gradientInVectors(int at, int n, float[] p, int at2, float[] keys0, float[] y,
            int at3, float[] keys1) {
        int bound = at + FLOATS.loopBound(n);
        int shift = at2 - at;
        int shift2 = at3 - at;
        for (int j = at; j < bound; j += LANES) {
            FloatVector x = FloatVector.fromArray(FLOATS, p, j + shift);
            x.intoArray(keys0, j);
            FloatVector x2 = FloatVector.fromArray(FLOATS, y, j + shift2);
            x2.intoArray(keys1, j);
        }
        if (bound < at + n) {
            int j = bound;
            VectorMask<Float> tail = FLOATS.indexInRange(j, at + n);
            FloatVector x3 = FloatVector.fromArray(FLOATS, p, j + shift, tail);
            x3.intoArray(keys0, j, tail);
            FloatVector x4 = FloatVector.fromArray(FLOATS, y, j + shift2, tail);
            x4.intoArray(keys1, j, tail);
        }
    }

    static void valueInVectors(int at, int n, float[] p, int at2, float[] keys2, float[] y, int at3,
            float[] keys3) {
        int bound = at + FLOATS.loopBound(n);
        int shift = at2 - at;
        int shift2 = at3 - at;
        for (int j = at; j < bound; j += LANES) {
            FloatVector x = FloatVector.fromArray(FLOATS, p, j + shift);
            x.intoArray(keys2, j);
            FloatVector x2 = FloatVector.fromArray(FLOATS, y, j + shift2);
            x2.intoArray(keys3, j);
        }
        if (bound < at + n) {
            int j = bound;
            VectorMask<Float> tail = FLOATS.indexInRange(j, at + n);
            FloatVector x3 = FloatVector.fromArray(FLOATS, p, j + shift, tail);
            x3.intoArray(keys2, j, tail);
            FloatVector x4 = FloatVector.fromArray(FLOATS, y, j + shift2, tail);
            x4.intoArray(keys3, j, tail);
        }
    }

    static void valueInVectors2(int n, float[] computed, float[] computed2, double[] results,
            float[] lanes) {
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
            int j = bound;
            VectorMask<Float> tail = FLOATS.indexInRange(j, n);
            FloatVector x5 = FloatVector.fromArray(FLOATS, computed, j);
            FloatVector x6 = FloatVector.fromArray(FLOATS, computed2, j);
            FloatVector x7 = x5.sub(x6);
            FloatVector x8 = x7.mul(x7);
            sum = sum.add(x8, tail);
        }
        sum.intoArray(lanes, 0);
        results[0] = sum(lanes);
    }

    private static double sum(float[] lanes) {
        double result = 0;
        for (int i = 0; i < LANES; i++) {
            result += lanes[i];
        }
        return result;
    }
}
