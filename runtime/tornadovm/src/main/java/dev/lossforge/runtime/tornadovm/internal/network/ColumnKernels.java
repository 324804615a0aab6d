package dev.lossforge.runtime.tornadovm.internal.network;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Copies the columns {@code first} to {@code first + count − 1} of rows with {@code width} values. */
final class ColumnKernels {
    private ColumnKernels() {}

    /** Copies the columns out of the rows. One work-item per copied value, {@code size} per sample. */
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

    /**
     * Copies the columns into the rows and leaves other columns unchanged. One work-item per copied value, {@code size}
     * per sample.
     */
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

    /** Copies the columns into the rows and sets other columns to 0. One work-item per value of the rows. */
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
