package dev.lossforge.runtime.cpu.internal.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Copies of short lines by whole vectors. A vector may reach beyond the end of its line. The next line, or the zeros
 * after the row, overwrites what it wrote there. These zeros may in turn reach into the next row, which is written
 * later.
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

    /** Copies the first vector outside the loop, because most lines are no longer than one vector. */
    private static void copyLine(float[] source, int from, float[] target, int to, int length) {
        FloatVector.fromArray(SPECIES, source, from).intoArray(target, to);
        for (int t = LANES; t < length; t += LANES) {
            FloatVector.fromArray(SPECIES, source, from + t).intoArray(target, to + t);
        }
    }
}
