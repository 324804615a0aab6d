package dev.lossforge.benchmarks;

/** Wall-clock times of short tasks. */
final class Timing {
    private Timing() {}

    private static final long DURATION = 700_000_000;

    /** Nanoseconds of the fastest of the calls that a moment has room for. */
    static long fastest(Runnable task) {
        long best = Long.MAX_VALUE;
        long begin = System.nanoTime();
        for (long now = begin; now - begin < DURATION; ) {
            task.run();
            long end = System.nanoTime();
            best = Math.min(best, end - now);
            now = end;
        }
        return best;
    }
}
