package dev.lossforge.runtime.internal.kernel;

import java.util.stream.IntStream;

/**
 * Divides the rounds of a loop among the threads of the common pool. The number of parts depends on the amount of work
 * alone, so that results do not depend on the number of threads.
 */
public final class Parallel {
    /** Minimum operations of a part; a smaller part would cost less than handing it to another thread. */
    private static final long MIN_WORK = 1 << 15;

    private static final int MAX_PARTS = 32;

    private Parallel() {}

    /** The work of a thread: the rounds {@code from … to − 1} of part number {@code part}. */
    @FunctionalInterface
    public interface Rounds {
        void run(int part, int from, int to);
    }

    /**
     * The number of parts of a loop.
     *
     * @param rounds the number of rounds of the loop
     * @param work the approximate number of operations of all rounds
     */
    public static int parts(int rounds, long work) {
        return (int) Math.max(1, Math.min(Math.min(rounds, MAX_PARTS), work / MIN_WORK));
    }

    /** Runs all parts, and returns when they are done. */
    public static void run(int parts, int rounds, Rounds loop) {
        if (parts == 1) {
            loop.run(0, 0, rounds);
            return;
        }
        IntStream.range(0, parts).parallel().forEach(part -> {
            int from = (int) ((long) rounds * part / parts);
            int to = (int) ((long) rounds * (part + 1) / parts);
            loop.run(part, from, to);
        });
    }
}
