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

    /** Operations that it takes to clear an entry of a copy and to add it, times a few: copies must not prevail. */
    private static final int COST_OF_COPY = 8;

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

    /**
     * The number of parts of a loop whose parts add to copies of arrays, which cost less than the loop itself.
     *
     * @param rounds the number of rounds of the loop
     * @param work the approximate number of operations of all rounds
     * @param copied the number of entries that each part has to clear and to add
     */
    public static int parts(int rounds, long work, int copied) {
        return Math.clamp(work / (COST_OF_COPY * Math.max(1L, copied)), 1, parts(rounds, work));
    }

    /**
     * An array of zeros as large as another, to which one of several parts adds; the array itself for the only part.
     */
    public static float[] copy(int parts, float[] array) {
        return parts == 1 ? array : new float[array.length];
    }

    /**
     * An array of zeros as large as another, to which one of several parts adds; the array itself for the only part.
     */
    public static double[] copy(int parts, double[] array) {
        return parts == 1 ? array : new double[array.length];
    }

    /** Adds what a part has added to its copy of an array. */
    public static void add(float[] copy, float[] array) {
        if (copy != array) {
            for (int i = 0; i < array.length; i++) {
                array[i] += copy[i];
            }
        }
    }

    /** Adds what a part has added to its copy of an array. */
    public static void add(double[] copy, double[] array) {
        if (copy != array) {
            for (int i = 0; i < array.length; i++) {
                array[i] += copy[i];
            }
        }
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
