package dev.lossforge.runtime.tornadovm.internal.network;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Columns {@code first … first + count − 1} of rows of a width. */
final class ColumnKernels {
    private ColumnKernels() {}

    /** One work-item per value that is taken; {@code size} of them in a sample. */
    static void take(
            KernelContext c,
            FloatArray rows,
            FloatArray columns,
            int first,
            int count,
            int width,
            int size,
            IntArray batch) {
        int end = batch.get(0) * size;
        for (int at = c.globalIdx; at < end; at += c.globalGroupSizeX) {
            columns.set(at, rows.get(at / count * width + first + at % count));
        }
    }

    /** One work-item per value that is put; {@code size} of them in a sample. Other columns stay as they are. */
    static void insert(
            KernelContext c,
            FloatArray columns,
            FloatArray rows,
            int first,
            int count,
            int width,
            int size,
            IntArray batch) {
        int end = batch.get(0) * size;
        for (int at = c.globalIdx; at < end; at += c.globalGroupSizeX) {
            rows.set(at / count * width + first + at % count, columns.get(at));
        }
    }

    /** One work-item per value of the rows: those of other columns become 0. */
    static void put(
            KernelContext c,
            FloatArray columns,
            FloatArray rows,
            int first,
            int count,
            int width,
            int size,
            IntArray batch) {
        int end = batch.get(0) * size;
        for (int at = c.globalIdx; at < end; at += c.globalGroupSizeX) {
            int column = at % width - first;
            float value = 0f;
            if (column >= 0 && column < count) {
                value = columns.get(at / width * count + column);
            }
            rows.set(at, value);
        }
    }
}
