package dev.lossforge.benchmarks;

import dev.lossforge.runtime.cpu.internal.work.Range;
import dev.lossforge.runtime.cpu.internal.work.WorkerTeam;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** What the machine can do at best, measured: multiply-adds in registers, and a triad through memory. */
final class MachineLimits {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int ROUNDS = 20_000;
    private static final int CHAINS = 12;
    private static final int TRIAD_LENGTH = 1 << 24;

    private MachineLimits() {}

    /** Operations per nanosecond of all workers together, where a multiply-add is two. */
    static double peak(WorkerTeam team) {
        float[] sums = new float[team.size()];
        long best = Timing.fastest(() -> team.run(worker -> sums[worker] = multiplyAdd(sums[worker])));
        return 2.0 * CHAINS * SPECIES.length() * ROUNDS * team.size() / best;
    }

    /**
     * A multiply-add takes about four cycles and a core can begin two per cycle, so eight chains are the least that
     * keep it busy. These are in variables of their own, since the compiler would keep an array of vectors in memory.
     */
    private static float multiplyAdd(float start) {
        FloatVector factor = FloatVector.broadcast(SPECIES, 0.5f);
        FloatVector a = FloatVector.broadcast(SPECIES, start);
        FloatVector b = a.add(1);
        FloatVector c = a.add(2);
        FloatVector d = a.add(3);
        FloatVector e = a.add(4);
        FloatVector f = a.add(5);
        FloatVector g = a.add(6);
        FloatVector h = a.add(7);
        FloatVector i = a.add(8);
        FloatVector j = a.add(9);
        FloatVector k = a.add(10);
        FloatVector l = a.add(11);
        for (int round = 0; round < ROUNDS; round++) {
            a = a.fma(factor, factor);
            b = b.fma(factor, factor);
            c = c.fma(factor, factor);
            d = d.fma(factor, factor);
            e = e.fma(factor, factor);
            f = f.fma(factor, factor);
            g = g.fma(factor, factor);
            h = h.fma(factor, factor);
            i = i.fma(factor, factor);
            j = j.fma(factor, factor);
            k = k.fma(factor, factor);
            l = l.fma(factor, factor);
        }
        FloatVector sum = a.add(b)
                .add(c)
                .add(d)
                .add(e)
                .add(f)
                .add(g)
                .add(h)
                .add(i)
                .add(j)
                .add(k)
                .add(l);
        return sum.reduceLanes(VectorOperators.ADD);
    }

    /** Bytes per nanosecond of {@code a = b + 3c} on arrays beyond the caches: two read, one written. */
    static double triad(WorkerTeam team) {
        float[] a = new float[TRIAD_LENGTH];
        float[] b = new float[TRIAD_LENGTH];
        float[] c = new float[TRIAD_LENGTH];
        Arrays.fill(b, 1);
        Arrays.fill(c, 2);
        long best = Timing.fastest(() -> team.run(worker -> {
            Range slice = Range.share(TRIAD_LENGTH, worker, team.size());
            addScaled(a, b, c, slice.from(), slice.to());
        }));
        return 3.0 * Float.BYTES * TRIAD_LENGTH / best;
    }

    private static void addScaled(float[] a, float[] b, float[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            a[i] = b[i] + 3 * c[i];
        }
    }
}
