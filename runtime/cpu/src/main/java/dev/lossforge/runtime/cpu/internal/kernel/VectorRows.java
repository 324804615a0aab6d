package dev.lossforge.runtime.cpu.internal.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums of scaled rows, kept in registers until all rows are added: pieces of 12, 4, 2 and 1 vectors, the largest that
 * fits first.
 */
final class VectorRows {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    static final int LONGEST = 12 * LANES;

    private VectorRows() {}

    static void addScaledRows(
            float[] target,
            int at,
            float[] source,
            int shift,
            int[] offsets,
            float[] factors,
            int from,
            int to,
            int length) {
        int t = 0;
        for (; t + LONGEST <= length; t += LONGEST) {
            addTwelve(target, at + t, source, shift + t, offsets, factors, from, to);
        }
        for (; t + 4 * LANES <= length; t += 4 * LANES) {
            addFour(target, at + t, source, shift + t, offsets, factors, from, to);
        }
        if (t + 2 * LANES <= length) {
            addTwo(target, at + t, source, shift + t, offsets, factors, from, to);
            t += 2 * LANES;
        }
        if (t < length) {
            addOne(target, at + t, source, shift + t, offsets, factors, from, to);
        }
    }

    private static void addTwelve(
            float[] target, int at, float[] source, int shift, int[] offsets, float[] factors, int from, int to) {
        FloatVector s0 = FloatVector.fromArray(SPECIES, target, at);
        FloatVector s1 = FloatVector.fromArray(SPECIES, target, at + LANES);
        FloatVector s2 = FloatVector.fromArray(SPECIES, target, at + 2 * LANES);
        FloatVector s3 = FloatVector.fromArray(SPECIES, target, at + 3 * LANES);
        FloatVector s4 = FloatVector.fromArray(SPECIES, target, at + 4 * LANES);
        FloatVector s5 = FloatVector.fromArray(SPECIES, target, at + 5 * LANES);
        FloatVector s6 = FloatVector.fromArray(SPECIES, target, at + 6 * LANES);
        FloatVector s7 = FloatVector.fromArray(SPECIES, target, at + 7 * LANES);
        FloatVector s8 = FloatVector.fromArray(SPECIES, target, at + 8 * LANES);
        FloatVector s9 = FloatVector.fromArray(SPECIES, target, at + 9 * LANES);
        FloatVector s10 = FloatVector.fromArray(SPECIES, target, at + 10 * LANES);
        FloatVector s11 = FloatVector.fromArray(SPECIES, target, at + 11 * LANES);
        for (int e = from; e < to; e++) {
            int x = offsets[e] + shift;
            FloatVector factor = FloatVector.broadcast(SPECIES, factors[e]);
            s0 = factor.fma(FloatVector.fromArray(SPECIES, source, x), s0);
            s1 = factor.fma(FloatVector.fromArray(SPECIES, source, x + LANES), s1);
            s2 = factor.fma(FloatVector.fromArray(SPECIES, source, x + 2 * LANES), s2);
            s3 = factor.fma(FloatVector.fromArray(SPECIES, source, x + 3 * LANES), s3);
            s4 = factor.fma(FloatVector.fromArray(SPECIES, source, x + 4 * LANES), s4);
            s5 = factor.fma(FloatVector.fromArray(SPECIES, source, x + 5 * LANES), s5);
            s6 = factor.fma(FloatVector.fromArray(SPECIES, source, x + 6 * LANES), s6);
            s7 = factor.fma(FloatVector.fromArray(SPECIES, source, x + 7 * LANES), s7);
            s8 = factor.fma(FloatVector.fromArray(SPECIES, source, x + 8 * LANES), s8);
            s9 = factor.fma(FloatVector.fromArray(SPECIES, source, x + 9 * LANES), s9);
            s10 = factor.fma(FloatVector.fromArray(SPECIES, source, x + 10 * LANES), s10);
            s11 = factor.fma(FloatVector.fromArray(SPECIES, source, x + 11 * LANES), s11);
        }
        s0.intoArray(target, at);
        s1.intoArray(target, at + LANES);
        s2.intoArray(target, at + 2 * LANES);
        s3.intoArray(target, at + 3 * LANES);
        s4.intoArray(target, at + 4 * LANES);
        s5.intoArray(target, at + 5 * LANES);
        s6.intoArray(target, at + 6 * LANES);
        s7.intoArray(target, at + 7 * LANES);
        s8.intoArray(target, at + 8 * LANES);
        s9.intoArray(target, at + 9 * LANES);
        s10.intoArray(target, at + 10 * LANES);
        s11.intoArray(target, at + 11 * LANES);
    }

    private static void addFour(
            float[] target, int at, float[] source, int shift, int[] offsets, float[] factors, int from, int to) {
        FloatVector s0 = FloatVector.fromArray(SPECIES, target, at);
        FloatVector s1 = FloatVector.fromArray(SPECIES, target, at + LANES);
        FloatVector s2 = FloatVector.fromArray(SPECIES, target, at + 2 * LANES);
        FloatVector s3 = FloatVector.fromArray(SPECIES, target, at + 3 * LANES);
        for (int e = from; e < to; e++) {
            int x = offsets[e] + shift;
            FloatVector factor = FloatVector.broadcast(SPECIES, factors[e]);
            s0 = factor.fma(FloatVector.fromArray(SPECIES, source, x), s0);
            s1 = factor.fma(FloatVector.fromArray(SPECIES, source, x + LANES), s1);
            s2 = factor.fma(FloatVector.fromArray(SPECIES, source, x + 2 * LANES), s2);
            s3 = factor.fma(FloatVector.fromArray(SPECIES, source, x + 3 * LANES), s3);
        }
        s0.intoArray(target, at);
        s1.intoArray(target, at + LANES);
        s2.intoArray(target, at + 2 * LANES);
        s3.intoArray(target, at + 3 * LANES);
    }

    /** Even and odd terms have separate sums, so four chains of additions run in parallel. */
    private static void addTwo(
            float[] target, int at, float[] source, int shift, int[] offsets, float[] factors, int from, int to) {
        FloatVector even0 = FloatVector.fromArray(SPECIES, target, at);
        FloatVector even1 = FloatVector.fromArray(SPECIES, target, at + LANES);
        FloatVector odd0 = FloatVector.zero(SPECIES);
        FloatVector odd1 = odd0;
        int e = from;
        for (; e + 1 < to; e += 2) {
            int x = offsets[e] + shift;
            int y = offsets[e + 1] + shift;
            FloatVector first = FloatVector.broadcast(SPECIES, factors[e]);
            FloatVector second = FloatVector.broadcast(SPECIES, factors[e + 1]);
            even0 = first.fma(FloatVector.fromArray(SPECIES, source, x), even0);
            even1 = first.fma(FloatVector.fromArray(SPECIES, source, x + LANES), even1);
            odd0 = second.fma(FloatVector.fromArray(SPECIES, source, y), odd0);
            odd1 = second.fma(FloatVector.fromArray(SPECIES, source, y + LANES), odd1);
        }
        if (e < to) {
            int x = offsets[e] + shift;
            FloatVector last = FloatVector.broadcast(SPECIES, factors[e]);
            even0 = last.fma(FloatVector.fromArray(SPECIES, source, x), even0);
            even1 = last.fma(FloatVector.fromArray(SPECIES, source, x + LANES), even1);
        }
        even0.add(odd0).intoArray(target, at);
        even1.add(odd1).intoArray(target, at + LANES);
    }

    private static void addOne(
            float[] target, int at, float[] source, int shift, int[] offsets, float[] factors, int from, int to) {
        FloatVector sum = FloatVector.fromArray(SPECIES, target, at);
        for (int e = from; e < to; e++) {
            FloatVector row = FloatVector.fromArray(SPECIES, source, offsets[e] + shift);
            sum = row.fma(FloatVector.broadcast(SPECIES, factors[e]), sum);
        }
        sum.intoArray(target, at);
    }
}
