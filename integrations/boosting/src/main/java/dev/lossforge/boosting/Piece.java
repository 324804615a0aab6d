package dev.lossforge.boosting;

import dev.lossforge.runtime.data.DataException;
import dev.lossforge.runtime.loss.LossSignature.Scope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Rows whose loss is evaluated in one call: all rows, one group, or groups of equal size.
 *
 * @param order the indices of the rows; empty for all rows in order
 * @param all the number of all rows, if the piece contains all of them
 * @param groups the indices of the groups; empty if there are none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Piece(int[] order, int all, int[] groups) {

    /** The single piece of all rows, for a loss per row or a loss over a batch without groups. */
    static List<Piece> whole(int rows) {
        return List.of(new Piece(new int[0], rows, new int[0]));
    }

    /**
     * Pieces for all groups that are not empty.
     *
     * @throws DataException if the rows have no groups
     */
    static List<Piece> ofGroups(BoostingRows rows, Scope scope) {
        int[] sizes = rows.groups();
        if (sizes.length == 0) {
            throw new DataException("The loss is one per group, but the rows have no groups; set the group field of the"
                    + " data, or leave out perGroup().");
        }
        int[] starts = new int[sizes.length];
        for (int i = 1; i < sizes.length; i++) {
            starts[i] = starts[i - 1] + sizes[i - 1];
        }
        Map<Integer, List<Integer>> bySize = new TreeMap<>();
        List<Piece> pieces = new ArrayList<>();
        for (int i = 0; i < sizes.length; i++) {
            if (sizes[i] > 0 && scope == Scope.SAMPLE) {
                bySize.computeIfAbsent(sizes[i], size -> new ArrayList<>()).add(i);
            } else if (sizes[i] > 0) {
                pieces.add(of(new int[] {i}, starts, sizes[i]));
            }
        }
        bySize.forEach((size, groups) ->
                pieces.add(of(groups.stream().mapToInt(Integer::intValue).toArray(), starts, size)));
        return pieces;
    }

    private static Piece of(int[] groups, int[] starts, int size) {
        int[] order = Arrays.stream(groups)
                .flatMap(group -> IntStream.range(starts[group], starts[group] + size))
                .toArray();
        return new Piece(order, 0, groups);
    }

    boolean isAll() {
        return order.length == 0;
    }

    int rows() {
        return isAll() ? all : order.length;
    }

    int row(int place) {
        return isAll() ? place : order[place];
    }

    /** The values of this piece's rows, {@code width} for each row. */
    float[] ofRows(float[] values, int width) {
        if (isAll()) {
            return values;
        }
        float[] own = new float[order.length * width];
        for (int i = 0; i < order.length; i++) {
            System.arraycopy(values, order[i] * width, own, i * width, width);
        }
        return own;
    }

    /** The values of this piece's groups. */
    float[] ofGroups(float[] values) {
        float[] own = new float[groups.length];
        for (int i = 0; i < groups.length; i++) {
            own[i] = values[groups[i]];
        }
        return own;
    }
}
