package dev.lossforge.spark.internal.ring;

/**
 * How long the sums of a worker take. What is hidden behind the worker's own computations is left out: one thread sums
 * while another says when it begins and ends to compute.
 */
final class RingClock {
    private static final long HIDDEN = Long.MAX_VALUE;

    private long waited;
    private long summed;

    /** The time until which the ring was hidden; {@link #HIDDEN} if it is. */
    private volatile long hiddenUntil = Long.MIN_VALUE;

    /** From now on, time is hidden. Any thread may call it. */
    void hide() {
        hiddenUntil = HIDDEN;
    }

    /** From now on, time counts again. Any thread may call it. */
    void show() {
        hiddenUntil = System.nanoTime();
    }

    /** Adds the time since then to that of waiting. */
    void addWaiting(long since) {
        waited += visible(since);
    }

    /** Adds the time since then to that of sums, but for the waiting in it. */
    void addSum(long since, long waitedBefore) {
        summed += visible(since) - (waited - waitedBefore);
    }

    private long visible(long since) {
        long now = System.nanoTime();
        long end = hiddenUntil;
        return end == HIDDEN ? 0 : now - Math.max(since, end);
    }

    /** The time of waiting, in nanoseconds. */
    long waited() {
        return waited;
    }

    /** The time of sums without the waiting, in nanoseconds. */
    long summed() {
        return summed;
    }
}
