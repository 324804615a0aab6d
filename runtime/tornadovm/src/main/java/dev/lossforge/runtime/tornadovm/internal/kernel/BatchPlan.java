package dev.lossforge.runtime.tornadovm.internal.kernel;

import java.util.ArrayList;
import java.util.List;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** The tables and steps of a loss over the batch, for batches up to a size. */
public final class BatchPlan {
    /** The assumed number of rounds of a loop whose length depends on the batch. */
    public static final int MANY = 1024;

    private final DeviceTables tables = new DeviceTables();
    private final List<BatchStep> steps = new ArrayList<>();

    /** Adds a table of floats with these extents. */
    public void floats(int... extents) {
        tables.floats(extents);
    }

    /** Adds a table of ints with these extents. */
    public void ints(int... extents) {
        tables.ints(extents);
    }

    /**
     * Adds a step.
     *
     * @param ofValue whether the value also needs it
     * @param rounds the number of rounds of a point's loops; 0 if it has none
     * @param extents the extents of the indices that number the points
     */
    public void step(String name, boolean ofValue, int rounds, Kernel kernel, int... extents) {
        steps.add(new BatchStep(name, ofValue, rounds, DeviceTables.product(extents), kernel));
    }

    /** The larger of two numbers of rounds. */
    public static int more(int rounds, int otherRounds) {
        return Math.max(rounds, otherRounds);
    }

    /** Adds the task of this name to a graph. */
    @FunctionalInterface
    public interface Kernel {
        TaskGraph addTo(TaskGraph graph, String task, KernelContext context);
    }

    /** One step; see {@link BatchPlan#step}. */
    public record BatchStep(String name, boolean ofValue, int rounds, long points, Kernel kernel) {}

    public List<BatchStep> steps() {
        return List.copyOf(steps);
    }

    /** The number of entries of all tables together. */
    public long entries() {
        return tables.entries();
    }

    /**
     * Creates the arrays of the tables, after all have been added.
     *
     * @param lanes for each step, the number of work-items that share the rounds of a point
     */
    public void allocate(List<Integer> lanes) {
        tables.allocate(1, lanes);
    }

    /** All tables of floats. */
    public FloatArray floatTables() {
        return tables.floatTables();
    }

    /** All tables of ints. */
    public IntArray intTables() {
        return tables.intTables();
    }

    /** The start of each table among those of its type, then the lanes of each step. */
    public IntArray places() {
        return tables.places();
    }
}
