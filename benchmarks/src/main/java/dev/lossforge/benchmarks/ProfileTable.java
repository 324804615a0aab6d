package dev.lossforge.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** Parts of a step with their times, their shares and what part of the machine's peak they reach. */
final class ProfileTable {
    private final int batchSize;
    private final double peak;
    private final List<Part> parts = new ArrayList<>();

    /** @param peak operations per nanosecond */
    ProfileTable(int batchSize, double peak) {
        this.batchSize = batchSize;
        this.peak = peak;
    }

    private record Part(String name, long nanoseconds, double operations, double bytes) {}

    /** A part that is bound by arithmetic. */
    void addOperations(String name, long nanoseconds, double operations) {
        parts.add(new Part(name, nanoseconds, operations, 0));
    }

    /** A part that is bound by memory or caches. */
    void addBytes(String name, long nanoseconds, double bytes) {
        parts.add(new Part(name, nanoseconds, 0, bytes));
    }

    void print() {
        double total = parts.stream().mapToLong(Part::nanoseconds).sum();
        System.out.printf("%n| batch %d | ms | share | rate |%n|---|---|---|---|%n", batchSize);
        for (Part part : parts) {
            System.out.printf(
                    "| %s | %.3f | %.1f %% | %s |%n",
                    part.name(), part.nanoseconds() / 1e6, 100 * part.nanoseconds() / total, rate(part));
        }
        System.out.printf("| all of these | %.3f | | |%n", total / 1e6);
    }

    private String rate(Part part) {
        if (part.bytes() > 0) {
            return String.format("%.0f GB/s", part.bytes() / part.nanoseconds());
        }
        double rate = part.operations() / part.nanoseconds();
        return String.format("%.0f GFLOP/s, %.0f %% of the peak", rate, 100 * rate / peak);
    }
}
