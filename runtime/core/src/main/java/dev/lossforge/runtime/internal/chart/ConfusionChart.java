package dev.lossforge.runtime.internal.chart;

import dev.lossforge.runtime.internal.chart.Canvas.Anchor;
import java.util.stream.IntStream;

/** A confusion matrix: rows are the true classes, columns the predicted ones, entries the numbers of samples. */
public final class ConfusionChart {
    static final int CELL = 42;
    static final int TOP = 78;
    static final int MARGIN = 16;

    /** Maximum number of letters in the heading of a column. */
    private static final int COLUMN_LETTERS = 6;

    private final int[][] counts;
    private final ClassNames classes;
    private final int left;

    /** @param counts {@code [class][predicted]} */
    public ConfusionChart(int[][] counts, ClassNames classes) {
        this.counts = counts;
        this.classes = classes;
        this.left = MARGIN + classes.width() + 12;
    }

    public Picture picture(String name) {
        int side = counts.length * CELL;
        return new Picture(
                name,
                "Confusion matrix",
                Math.max(LineChart.WIDTH, left + side + MARGIN),
                TOP + side + MARGIN,
                this::paint);
    }

    private void paint(Canvas canvas) {
        double middle = counts.length * CELL / 2.0;
        canvas.text(MARGIN, 22, "Confusion matrix", Anchor.START, Ink.TEXT, 15, true);
        canvas.text(left + middle, 48, "read as", Anchor.MIDDLE, Ink.MUTED, 12, false);
        canvas.text(MARGIN, TOP - 10, classes.heading(), Anchor.START, Ink.MUTED, 12, false);
        boolean brief = classes.names().stream().allMatch(name -> name.length() <= 2);
        for (int label = 0; label < counts.length; label++) {
            double centre = label * CELL + CELL / 2.0;
            String column = ClassNames.cut(classes.names().get(label), COLUMN_LETTERS);
            canvas.text(left + centre, TOP - 10, column, Anchor.MIDDLE, Ink.TEXT, brief ? 13 : 10, true);
            canvas.text(left - 12, TOP + centre + 5, classes.row(label), Anchor.END, Ink.TEXT, 13, true);
            row(canvas, label);
        }
    }

    private void row(Canvas canvas, int label) {
        int total = Math.max(1, IntStream.of(counts[label]).sum());
        for (int predicted = 0; predicted < counts.length; predicted++) {
            double x = left + predicted * CELL;
            double y = TOP + label * CELL;
            int count = counts[label][predicted];
            boolean right = label == predicted;
            // Errors are rare: the square root keeps one in a thousand visible next to one in ten.
            double share = Math.sqrt((double) count / total);
            double opacity = right ? 0.15 + 0.55 * share : Math.min(0.85, 1.6 * share);
            canvas.rectangle(x + 1, y + 1, CELL - 2, CELL - 2, Ink.GRID, 0.45);
            canvas.rectangle(x + 1, y + 1, CELL - 2, CELL - 2, right ? Ink.ACCENT : Ink.BAD, count == 0 ? 0 : opacity);
            if (count > 0) {
                canvas.text(x + CELL / 2.0, y + CELL / 2.0 + 4, "" + count, Anchor.MIDDLE, Ink.TEXT, 12, right);
            }
        }
    }
}
