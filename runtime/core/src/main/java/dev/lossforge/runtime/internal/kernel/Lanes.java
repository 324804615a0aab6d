package dev.lossforge.runtime.internal.kernel;

import java.util.Arrays;

/**
 * What a kernel does when each lane of a block is a unit of its own, an element or a row: entries of rows as columns of
 * lanes, entries that each lane selects by itself, weights of lanes, reductions inside each lane.
 */
public final class Lanes {
    /** The number of elements that run together: the blocks of most formulas then share the first-level cache. */
    public static final int ELEMENTS = 512;

    private static final int TILE = 8;

    private static final float[] OUTSIDE = Blocks.filled(Float.NaN, Blocks.SIZE);
    private static final int[] INT_OUTSIDE = Blocks.ints(Blocks.SIZE);

    private Lanes() {}

    /** The number of rows that one tile holds, for rows with so many entries in all. */
    public static int rows(int entries) {
        int rows = 16 * Blocks.SIZE / Math.max(1, entries);
        int whole = rows - rows % Blocks.PADDING;
        return Math.min(Math.max(whole, 2 * Blocks.PADDING), Blocks.SIZE);
    }

    /** Reads n rows: {@code columns[j][k] = source[offset + k · columns.length + j]}. */
    public static void load(float[] source, int offset, float[][] columns, int n) {
        int length = columns.length;
        for (int j = 0; j < length; j++) {
            float[] column = columns[j];
            for (int k = 0, s = offset + j; k < n; k++, s += length) {
                column[k] = source[s];
            }
        }
    }

    /** Reads n rows: {@code columns[j][k] = source[offset + k · columns.length + j]}. */
    public static void load(int[] source, int offset, int[][] columns, int n) {
        int length = columns.length;
        for (int j = 0; j < length; j++) {
            int[] column = columns[j];
            for (int k = 0, s = offset + j; k < n; k++, s += length) {
                column[k] = source[s];
            }
        }
    }

    /** Writes n rows: {@code target[offset + k · columns.length + j] = columns[j][k]}. */
    public static void store(float[][] columns, float[] target, int offset, int n) {
        int length = columns.length;
        for (int from = 0; from < n; from += TILE) {
            int to = Math.min(from + TILE, n);
            for (int j = 0; j < length; j++) {
                float[] column = columns[j];
                for (int k = from; k < to; k++) {
                    target[offset + k * length + j] = column[k];
                }
            }
        }
    }

    /** Sets all lanes of all columns to 0. */
    public static void clear(float[][] columns) {
        for (float[] column : columns) {
            Arrays.fill(column, 0);
        }
    }

    /** A column to read, of NaN where there is none. */
    public static float[] column(float[][] columns, int index) {
        return index >= 0 && index < columns.length ? columns[index] : OUTSIDE;
    }

    /** A column to read, of 0 where there is none. */
    public static int[] column(int[][] columns, int index) {
        return index >= 0 && index < columns.length ? columns[index] : INT_OUTSIDE;
    }

    /** A column to write, {@code spare} where there is none. */
    public static float[] column(float[][] columns, int index, float[] spare) {
        return index >= 0 && index < columns.length ? columns[index] : spare;
    }

    /** All entries 0, but for the value at a position, if that is one of 0 … n − 1. */
    public static void oneHot(int position, float value, float[] out, int n) {
        Arrays.fill(out, 0, n, 0);
        if (position >= 0 && position < n) {
            out[position] = value;
        }
    }

    /** {@code out[offset + position] += value} if the position is one of 0 … n − 1. */
    public static void addAt(int position, float value, float[] out, int offset, int n) {
        if (position >= 0 && position < n) {
            out[offset + position] += value;
        }
    }

    /** {@code out[k] = columns[index[k]][k]}, NaN where there is no such column. */
    public static void gather(float[][] columns, int[] index, float[] out, int n) {
        for (int k = 0; k < n; k++) {
            out[k] = index[k] >= 0 && index[k] < columns.length ? columns[index[k]][k] : Float.NaN;
        }
    }

    /** {@code out[k] = columns[index[k]][k]}, 0 where there is no such column. */
    public static void gather(int[][] columns, int[] index, int[] out, int n) {
        for (int k = 0; k < n; k++) {
            out[k] = index[k] >= 0 && index[k] < columns.length ? columns[index[k]][k] : 0;
        }
    }

    /** {@code out[k] = table[offset + index[k]]}, NaN where the index is not one of 0 … extent − 1. */
    public static void gather(float[] table, int offset, int extent, int[] index, float[] out, int n) {
        for (int k = 0; k < n; k++) {
            out[k] = Scalars.entry(table, offset, index[k], extent);
        }
    }

    /** {@code out[k] = table[offset + index[k]]}, 0 where the index is not one of 0 … extent − 1. */
    public static void gather(int[] table, int offset, int extent, int[] index, int[] out, int n) {
        for (int k = 0; k < n; k++) {
            out[k] = Scalars.entry(table, offset, index[k], extent);
        }
    }

    /** {@code out[k] = table[offset + row[k] · columns + column[k]]}, NaN outside the rows and columns. */
    public static void gather(
            float[] table, int offset, int rows, int columns, int[] row, int[] column, float[] out, int n) {
        for (int k = 0; k < n; k++) {
            out[k] = Scalars.entry(table, offset, row[k], rows, column[k], columns);
        }
    }

    /** {@code out[k] = table[offset + row[k] · columns + column[k]]}, 0 outside the rows and columns. */
    public static void gather(
            int[] table, int offset, int rows, int columns, int[] row, int[] column, int[] out, int n) {
        for (int k = 0; k < n; k++) {
            out[k] = Scalars.entry(table, offset, row[k], rows, column[k], columns);
        }
    }

    /** {@code columns[index[k]][k] = x[k]} where there is such a column. */
    public static void scatter(float[] x, int[] index, float[][] columns, int n) {
        for (int k = 0; k < n; k++) {
            if (index[k] >= 0 && index[k] < columns.length) {
                columns[index[k]][k] = x[k];
            }
        }
    }

    /** {@code columns[index[k]][k] = x[k]} where there is such a column. */
    public static void scatter(int[] x, int[] index, int[][] columns, int n) {
        for (int k = 0; k < n; k++) {
            if (index[k] >= 0 && index[k] < columns.length) {
                columns[index[k]][k] = x[k];
            }
        }
    }

    /** {@code columns[index[k]][k] += x[k]} where there is such a column. */
    public static void scatterAdd(float[] x, int[] index, float[][] columns, int n) {
        for (int k = 0; k < n; k++) {
            if (index[k] >= 0 && index[k] < columns.length) {
                columns[index[k]][k] += x[k];
            }
        }
    }

    /** {@code sums[index[k]] += x[k]} where there is such an entry. */
    public static void scatterAdd(float[] x, int[] index, double[] sums, int n) {
        for (int k = 0; k < n; k++) {
            if (index[k] >= 0 && index[k] < sums.length) {
                sums[index[k]] += x[k];
            }
        }
    }

    /** The factors of the derivatives of the units {@code from … from + n − 1}. */
    public static void scales(KernelFrame frame, int from, float[] scales, int n) {
        float[] weights = frame.weights();
        if (weights == null) {
            Arrays.fill(scales, 0, n, frame.scale());
        } else {
            for (int k = 0; k < n; k++) {
                scales[k] = frame.scale() * weights[from + k];
            }
        }
    }

    /** Sets the lanes whose unit has weight 0 to 0, whatever they hold. */
    public static void clearUnweighted(KernelFrame frame, int from, float[] x, int n) {
        float[] weights = frame.weights();
        if (weights != null) {
            for (int k = 0; k < n; k++) {
                x[k] = weights[from + k] == 0 ? 0 : x[k];
            }
        }
    }

    /** {@link #clearUnweighted(KernelFrame, int, float[], int)} for each column. */
    public static void clearUnweighted(KernelFrame frame, int from, float[][] columns, int n) {
        if (frame.weights() != null) {
            for (float[] column : columns) {
                clearUnweighted(frame, from, column, n);
            }
        }
    }

    /** Weights the losses of units in place, stores them if the frame wants them, and returns their sum. */
    public static double takeValues(KernelFrame frame, int from, float[] losses, int n) {
        float[] weights = frame.weights();
        if (weights != null) {
            for (int k = 0; k < n; k++) {
                losses[k] = weights[from + k] == 0 ? 0 : losses[k] * weights[from + k];
            }
        }
        float[] values = frame.values();
        if (values != null) {
            System.arraycopy(losses, 0, values, from, n);
        }
        return Blocks.sum(losses, n);
    }

    /**
     * Begins a log-sum-exp in each lane.
     *
     * @param max the greatest values so far
     * @param rest the sums of the exponentials relative to them, less 1: without one of the greatest
     */
    public static void startLogSumExp(float[] max, float[] rest, int n) {
        Arrays.fill(max, 0, n, -Float.MAX_VALUE);
        Arrays.fill(rest, 0, n, -1);
    }

    /** Takes one more value into the log-sum-exp of each lane; {@code scratch} is overwritten. */
    public static void accumulateLogSumExp(float[] x, float[] max, float[] rest, float[] scratch, int n) {
        for (int k = 0; k < n; k++) {
            scratch[k] = -Math.abs(Math.min(x[k], Float.MAX_VALUE) - max[k]);
        }
        Blocks.exp(scratch, scratch, n);
        for (int k = 0; k < n; k++) {
            float value = Math.min(x[k], Float.MAX_VALUE);
            float raises = Math.max(Math.signum(value - max[k]), 0);
            rest[k] = (rest[k] + raises) * Math.max(scratch[k], 1 - raises) + (1 - raises) * scratch[k];
            max[k] = Math.max(max[k], value);
        }
    }

    /** Ends a log-sum-exp in each lane. */
    public static void finishLogSumExp(float[] max, float[] rest, float[] out, int n) {
        Blocks.log1p(rest, out, n);
        for (int k = 0; k < n; k++) {
            out[k] = max[k] == Float.MAX_VALUE && !Float.isNaN(out[k]) ? Float.POSITIVE_INFINITY : max[k] + out[k];
        }
    }

    /** Ends a log-sum-exp in each lane with its excess over the greatest value, 0 where that is infinite. */
    public static void finishLogSumExpExcess(float[] max, float[] rest, float[] out, int n) {
        Blocks.log1p(rest, out, n);
        for (int k = 0; k < n; k++) {
            boolean infinite = rest[k] == -1 || max[k] == Float.MAX_VALUE && !Float.isNaN(out[k]);
            out[k] = infinite ? 0 : out[k];
        }
    }

    /** Takes one more value into the arg-max of each lane: the first greatest value stays, a NaN above all. */
    public static void accumulateArgMax(float[] x, int position, float[] best, int[] index, int n) {
        for (int k = 0; k < n; k++) {
            if (index[k] < 0 || ArgMax.beats(x[k], best[k])) {
                best[k] = x[k];
                index[k] = position;
            }
        }
    }

    /** Takes one more value into the arg-min of each lane: the first least value stays, a NaN above all. */
    public static void accumulateArgMin(float[] x, int position, float[] best, int[] index, int n) {
        for (int k = 0; k < n; k++) {
            if (index[k] < 0 || ArgMax.beats(-x[k], -best[k])) {
                best[k] = x[k];
                index[k] = position;
            }
        }
    }
}
