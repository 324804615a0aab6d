package dev.lossforge.runtime.tornadovm.internal.kernel;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Tables in which kernels keep numbers: first their extents, then two arrays that hold all of them. */
public final class DeviceTables {
    private final List<Table> tables = new ArrayList<>();
    private @Nullable FloatArray floatTables;
    private @Nullable IntArray intTables;
    private @Nullable IntArray places;

    private record Table(boolean ints, long entries) {}

    /** Adds a table of floats with these extents. */
    public void floats(int... extents) {
        tables.add(new Table(false, product(extents)));
    }

    /** Adds a table of ints with these extents. */
    public void ints(int... extents) {
        tables.add(new Table(true, product(extents)));
    }

    static long product(int[] extents) {
        long product = 1;
        for (int extent : extents) {
            product *= extent;
        }
        return product;
    }

    public boolean isEmpty() {
        return tables.isEmpty();
    }

    /** The number of entries of all tables together. */
    public long entries() {
        return tables.stream().mapToLong(Table::entries).sum();
    }

    /**
     * Makes the arrays of the tables, once all are added.
     *
     * @param copies the number of work-items that have every table for themselves; 1 if all share one
     * @param more further numbers to store behind the places
     */
    public void allocate(int copies, List<Integer> more) {
        IntArray all = new IntArray(Math.max(1, tables.size() + more.size()));
        int floats = 0;
        int ints = 0;
        for (int i = 0; i < tables.size(); i++) {
            Table table = tables.get(i);
            all.set(i, table.ints() ? ints : floats);
            ints += table.ints() ? Math.toIntExact(table.entries()) : 0;
            floats += table.ints() ? 0 : Math.toIntExact(table.entries());
        }
        for (int i = 0; i < more.size(); i++) {
            all.set(tables.size() + i, more.get(i));
        }
        places = all;
        floatTables = new FloatArray(Math.max(1, Math.multiplyExact(copies, floats)));
        intTables = new IntArray(Math.max(1, Math.multiplyExact(copies, ints)));
    }

    /** All tables of floats. */
    public FloatArray floatTables() {
        return present(floatTables);
    }

    /** All tables of ints. */
    public IntArray intTables() {
        return present(intTables);
    }

    /** The start of each table among those of its type, then the further numbers. */
    public IntArray places() {
        return present(places);
    }

    private static <T> T present(@Nullable T array) {
        if (array == null) {
            throw new IllegalStateException("the tables are not allocated yet");
        }
        return array;
    }
}
