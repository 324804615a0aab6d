package dev.lossforge.runtime.cpu.internal.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The largest row of each window, for the channels that fill whole vectors. */
final class VectorWindows {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> INDEX = IntVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private VectorWindows() {}

    static void reduce(
            Windows windows,
            int vectorChannels,
            float[] rows,
            int rowsAt,
            int rowStride,
            float[] bias,
            int biasAt,
            boolean relu,
            float[] target,
            int[] winners,
            int targetAt) {
        int[] table = windows.table();
        int size = windows.size();
        FloatVector zero = FloatVector.zero(SPECIES);
        for (int window = 0; window < windows.count(); window++) {
            int first = window * size;
            int result = targetAt + window * windows.channels();
            for (int channel = 0; channel < vectorChannels; channel += LANES) {
                FloatVector best = FloatVector.fromArray(SPECIES, rows, rowsAt + table[first] * rowStride + channel);
                IntVector winner = IntVector.broadcast(INDEX, table[first]);
                for (int i = first + 1; i < first + size; i++) {
                    FloatVector rival = FloatVector.fromArray(SPECIES, rows, rowsAt + table[i] * rowStride + channel);
                    VectorMask<Float> wins =
                            rival.compare(VectorOperators.GT, best).or(rival.compare(VectorOperators.NE, rival));
                    best = best.blend(rival, wins);
                    winner = winner.blend(table[i], wins.cast(INDEX));
                }
                FloatVector value = best.add(FloatVector.fromArray(SPECIES, bias, biasAt + channel));
                if (relu) {
                    VectorMask<Float> cut = value.compare(VectorOperators.LE, zero);
                    value = value.blend(zero, cut);
                    winner = winner.blend(Windows.NONE, cut.cast(INDEX));
                }
                value.intoArray(target, result + channel);
                winner.intoArray(winners, result + channel);
            }
        }
    }
}
