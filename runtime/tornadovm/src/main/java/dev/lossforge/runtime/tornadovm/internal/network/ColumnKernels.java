package dev.lossforge.runtime.tornadovm.internal.network;

import dev.lossforge.runtime.tornadovm.internal.kernel.DeviceReductions;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Copies the columns {@code first} to {@code first + count − 1} of rows with {@code width} values, and adds up columns.
 */
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

    /** The sums of all columns, for each part of the batch. One work-item per column and part. */
    static void sums(
            KernelContext c,
            FloatArray rows,
            FloatArray parts,
            int begin,
            int partCount,
            int rowsOfSample,
            int width,
            IntArray batch) {
        int count = batch.get(0) * rowsOfSample;
        int items = partCount * width;
        for (int item = c.globalIdx; item < items; item += c.globalGroupSizeX) {
            float sum = 0f;
            float lost = 0f;
            for (int row = item / width; row < count; row += partCount) {
                float x = rows.get(row * width + item % width);
                lost = DeviceReductions.lost(lost, sum, x);
                sum += x;
            }
            parts.set(begin + item, DeviceReductions.sum(sum, lost));
        }
    }
}
