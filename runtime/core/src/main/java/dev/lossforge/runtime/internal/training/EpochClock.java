package dev.lossforge.runtime.internal.training;

/** The time that the steps of an epoch have taken, in this process and in one that was interrupted. */
final class EpochClock {
    private final double before;
    private long start = System.nanoTime();

    EpochClock() {
        this(0);
    }

    /** @param before the seconds that the epoch took before the interruption */
    EpochClock(double before) {
        this.before = before;
    }

    /** Continues the clock. */
    void goOn() {
        start = System.nanoTime();
    }

    /** The seconds so far; at least a nanosecond, so that rates stay finite. */
    double seconds() {
        return before + Math.max(System.nanoTime() - start, 1) * 1e-9;
    }
}
