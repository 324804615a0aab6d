package dev.lossforge.cli.plot;

import java.awt.geom.Line2D;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines on which a function on a square grid has one value, as pieces within the grid's cells: marching squares
 * with linear interpolation. Cells with a corner that is not finite have none.
 */
final class Contours {
    private Contours() {}

    /**
     * The pieces of a line in units of cells.
     *
     * @param values by row and column, {@code size} of each
     */
    static List<Line2D> at(double level, double[] values, int size) {
        List<Line2D> pieces = new ArrayList<>();
        for (int row = 0; row + 1 < size; row++) {
            for (int column = 0; column + 1 < size; column++) {
                addPieces(level, values, size, row, column, pieces);
            }
        }
        return pieces;
    }

    private static void addPieces(double level, double[] values, int size, int row, int column, List<Line2D> pieces) {
        int at = row * size + column;
        double[] corners = {values[at], values[at + 1], values[at + size + 1], values[at + size]};
        List<double[]> crossings = new ArrayList<>();
        for (int side = 0; side < 4; side++) {
            double from = corners[side] - level;
            double to = corners[(side + 1) % 4] - level;
            if (!Double.isFinite(from) || !Double.isFinite(to)) {
                return;
            }
            if (from < 0 != to < 0) {
                crossings.add(onSide(side, from / (from - to), row, column));
            }
        }
        for (int i = 0; i + 1 < crossings.size(); i += 2) {
            double[] a = crossings.get(i);
            double[] b = crossings.get(i + 1);
            pieces.add(new Line2D.Double(a[0], a[1], b[0], b[1]));
        }
    }

    /** The point at a share of a side; sides go around the cell. */
    private static double[] onSide(int side, double share, int row, int column) {
        return switch (side) {
            case 0 -> new double[] {column + share, row};
            case 1 -> new double[] {column + 1, row + share};
            case 2 -> new double[] {column + 1 - share, row + 1};
            default -> new double[] {column, row + 1 - share};
        };
    }
}
