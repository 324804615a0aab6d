package dev.lossforge.runtime.internal.kernel;

/**
 * Calls a kernel of rows for a few rows at a time. The JIT compiler counts calls, and compiles a method as a whole
 * after some hundreds of them. A method that is called seldom, but loops for long, it compiles from within one of the
 * loops, then from within the next, and each time anew.
 */
public final class Pieces {
    /** As many entries take some ten microseconds, far more than a call and its blocks. */
    private static final int ENTRIES = 1 << 14;

    private Pieces() {}

    /** The sum over the range; pieces depend on the range and the size of a unit alone. */
    public static double run(KernelFrame frame, int from, int to, int unitSize, LossKernel kernel) {
        int units = Math.max(1, ENTRIES / Math.max(1, unitSize));
        double total = 0;
        for (int at = from; at < to; at += units) {
            total += kernel.run(frame, at, Math.min(at + units, to));
        }
        return total;
    }
}
