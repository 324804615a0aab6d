package dev.lossforge.boosting;

import dev.lossforge.runtime.internal.kernel.Parallel;

/** Divides passes over all rows among the threads of the common pool, which also run the kernels. */
final class ParallelRows {
    private ParallelRows() {}

    /** A pass over the rows {@code from … to − 1}. */
    @FunctionalInterface
    interface Pass {
        void run(int from, int to);
    }

    static void run(int rows, Pass pass) {
        Parallel.run(Parallel.parts(rows, rows), rows, (part, from, to) -> pass.run(from, to));
    }
}
