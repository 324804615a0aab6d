package dev.lossforge.cli.chart;

import dev.lossforge.cli.chart.Canvas.Anchor;
import dev.lossforge.samples.lesson.Ink;
import java.util.stream.IntStream;

/** How often a class was taken for which: rows are the true classes, columns what was predicted. */
public final class ConfusionChart {
    static final int CELL = 42;
    static final int TOP = 78;
    static final int MARGIN = 16;
    private static final int LEFT = 64;

    private final int[][] counts;

    /** @param counts {@code [class][predicted]} */
    public ConfusionChart(int[][] counts) {
        this.counts = counts;
    }

    public Picture picture(String name) {
        int side = counts.length * CELL;
        return new Picture(name, "Confusion matrix", LEFT + side + MARGIN, TOP + side + MARGIN, this::paint);
    }

    private void paint(Canvas canvas) {
        double middle = counts.length * CELL / 2.0;
        canvas.text(16, 22, "Confusion matrix", Anchor.START, Ink.TEXT, 15, true);
        canvas.text(LEFT + middle, 48, "read as", Anchor.MIDDLE, Ink.MUTED, 12, false);
        canvas.text(16, TOP - 10, "digit", Anchor.START, Ink.MUTED, 12, false);
        for (int label = 0; label < counts.length; label++) {
            double centre = label * CELL + CELL / 2.0;
            canvas.text(LEFT + centre, TOP - 10, "" + label, Anchor.MIDDLE, Ink.TEXT, 13, true);
            canvas.text(LEFT - 12, TOP + centre + 5, "" + label, Anchor.MIDDLE, Ink.TEXT, 13, true);
            row(canvas, label);
        }
    }

    private void row(Canvas canvas, int label) {
        int total = Math.max(1, IntStream.of(counts[label]).sum());
        for (int predicted = 0; predicted < counts.length; predicted++) {
            double x = LEFT + predicted * CELL;
            double y = TOP + label * CELL;
            int count = counts[label][predicted];
            boolean right = label == predicted;
            // Errors are rare: the root makes one in a thousand visible beside one in ten.
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
