package dev.lossforge.runtime.internal.chart;

import dev.lossforge.runtime.internal.chart.Canvas.Anchor;
import java.util.Locale;
import java.util.stream.IntStream;

/** The precision and recall of each class, as two bars, one above the other. */
public final class ClassRatesChart {
    private static final int WIDTH = 480;
    private static final int TOP = 78;
    private static final int ROW = 42;
    private static final int BAR = 11;
    private static final int NUMBERS = 70;
    private static final int MARGIN = ConfusionChart.MARGIN;

    private final int[][] counts;
    private final ClassNames classes;
    private final int left;

    /** @param counts {@code [class][predicted]} */
    public ClassRatesChart(int[][] counts, ClassNames classes) {
        this.counts = counts;
        this.classes = classes;
        this.left = MARGIN + classes.width() + 12;
    }

    public Picture picture(String name) {
        return new Picture(name, "Precision and recall", WIDTH, TOP + ROW * counts.length + MARGIN, this::paint);
    }

    /** The share of predictions of the class that are correct; NaN if there are none. */
    private double precision(int label) {
        int taken =
                IntStream.range(0, counts.length).map(row -> counts[row][label]).sum();
        return taken == 0 ? Double.NaN : (double) counts[label][label] / taken;
    }

    /** The share of samples of the class that were predicted as that class; NaN if there are none. */
    private double recall(int label) {
        int total = IntStream.of(counts[label]).sum();
        return total == 0 ? Double.NaN : (double) counts[label][label] / total;
    }

    private void paint(Canvas canvas) {
        canvas.text(MARGIN, 22, "Precision and recall", Anchor.START, Ink.TEXT, 15, true);
        canvas.text(MARGIN, TOP - 10, classes.heading(), Anchor.START, Ink.MUTED, 12, false);
        legend(canvas, MARGIN, "precision", Ink.SERIES_1);
        legend(canvas, MARGIN + 110, "recall", Ink.SERIES_2);
        for (int label = 0; label < counts.length; label++) {
            double middle = TOP + (label + 0.5) * ROW;
            canvas.text(left - 12, middle + 5, classes.row(label), Anchor.END, Ink.TEXT, 13, true);
            bar(canvas, middle - BAR - 1, precision(label), Ink.SERIES_1);
            bar(canvas, middle + 1, recall(label), Ink.SERIES_2);
        }
    }

    private static void legend(Canvas canvas, double x, String text, Ink ink) {
        canvas.rectangle(x, 38, 12, 4, ink, 1);
        canvas.text(x + 17, 44, text, Anchor.START, Ink.MUTED, 12, false);
    }

    private void bar(Canvas canvas, double y, double rate, Ink ink) {
        int longest = WIDTH - left - NUMBERS;
        canvas.rectangle(left, y, longest, BAR, Ink.GRID, 0.45);
        if (rate > 0) {
            canvas.rectangle(left, y, Math.max(3, longest * rate), BAR, ink, 0.8);
        }
        String text = Double.isNaN(rate) ? "none" : String.format(Locale.ROOT, "%.1f %%", 100 * rate);
        canvas.text(left + longest + 8, y + BAR - 1, text, Anchor.START, Ink.MUTED, 11, false);
    }
}
