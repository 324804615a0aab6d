package dev.lossforge.runtime.cpu.internal.kernel;

/**
 * The rows that compete in each window. The channels, which are the values in a row, compete separately.
 *
 * <p>Of equal largest values, the first wins. A window that contains a NaN yields NaN.
 */
public final class Windows {

    /** The winner of a window whose value is a constant zero, so it passes no gradient. */
    public static final int NONE = -1;

    private final int[] table;
    private final int size;
    private final int channels;

    /**
     * Window {@code w} consists of the rows {@code table[w · size]} to {@code table[w · size + size - 1]}, in this
     * order.
     */
    public Windows(int[] table, int size, int channels) {
        this.table = table;
        this.size = size;
        this.channels = channels;
    }

    /** Every row is its own window. */
    public static Windows single(int rows, int channels) {
        int[] table = new int[rows];
        for (int row = 0; row < rows; row++) {
            table[row] = row;
        }
        return new Windows(table, 1, channels);
    }

    /** The rows of all windows, window by window. */
    public int[] table() {
        return table;
    }

    /** The number of windows. */
    public int count() {
        return table.length / size;
    }

    /** The rows in each window. */
    public int size() {
        return size;
    }

    public int channels() {
        return channels;
    }

    /** The number of results: one per window and channel. */
    public int results() {
        return count() * channels;
    }
}
