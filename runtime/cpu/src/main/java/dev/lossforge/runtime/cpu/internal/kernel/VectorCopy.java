package dev.lossforge.runtime.cpu.internal.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Copies of short lines by whole vectors. A vector may reach beyond the end of its line; what it leaves there is
 * overwritten by the next line, or by the zeros behind the row, which in turn may reach into the next row before that
 * is written.
 */
final class VectorCopy {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private VectorCopy() {}

    static void copyRows(
            float[] source, int at, int[] offsets, Segments lines, float[] target, int targetAt, int stride) {
        FloatVector zero = FloatVector.zero(SPECIES);
        for (int row = 0; row < offsets.length; row++) {
            int from = at + offsets[row];
            int to = targetAt + row * stride;
            for (int line = 0; line < lines.count(); line++) {
                copyLine(source, from, target, to, lines.length());
                from += lines.stride();
                to += lines.length();
            }
            zero.intoArray(target, to);
        }
    }

    /** The first vector outside the loop: most lines that are copied are no longer than it. */
    private static void copyLine(float[] source, int from, float[] target, int to, int length) {
        FloatVector.fromArray(SPECIES, source, from).intoArray(target, to);
        for (int t = LANES; t < length; t += LANES) {
            FloatVector.fromArray(SPECIES, source, from + t).intoArray(target, to + t);
        }
    }
}
