package dev.lossforge.runtime.cpu.kernel;

/**
 * Which rows compete in which window: window {@code w} consists of the rows {@code table[w · size]} to {@code table[w · size
 * + size - 1]}, in this order.
 *
 * <p>Of equal greatest values the first wins. A window that holds a NaN yields NaN.
 *
 * @param count the number of windows
 * @param size the rows in each
 * @param channels the values in a row, each of which is reduced on its own
 */
public record Windows(int[] table, int count, int size, int channels) {

    /** The winner of a window whose value is a constant zero, and which therefore passes no gradient on. */
    public static final int NONE = -1;

    /** Every row is a window of its own. */
    public static Windows single(int rows, int channels) {
        int[] table = new int[rows];
        for (int row = 0; row < rows; row++) {
            table[row] = row;
        }
        return new Windows(table, rows, 1, channels);
    }

    /** The number of results. */
    public int results() {
        return count * channels;
    }
}
