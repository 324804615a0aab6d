package dev.lossforge.runtime.cpu.internal.work;

/** The whole numbers from {@code from} to {@code to - 1}; empty if they are equal. */
public record Range(int from, int to) {

    /** The share of one of several workers in the numbers below {@code total}: contiguous, and as equal as can be. */
    public static Range share(int total, int worker, int workers) {
        return new Range((int) ((long) total * worker / workers), (int) ((long) total * (worker + 1) / workers));
    }

    public boolean isEmpty() {
        return from == to;
    }

    public int size() {
        return to - from;
    }
}
