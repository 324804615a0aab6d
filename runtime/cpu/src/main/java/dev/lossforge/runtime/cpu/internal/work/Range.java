package dev.lossforge.runtime.cpu.internal.work;

/** The whole numbers from {@code from} to {@code to - 1}; empty if they are equal. */
public record Range(int from, int to) {

    /** One worker's share of the numbers below {@code total}: shares are contiguous and as equal as possible. */
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
