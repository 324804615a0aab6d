package dev.lossforge.runtime.internal.chart;

import dev.lossforge.runtime.internal.chart.Canvas.Anchor;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The share of each class's samples that were predicted as another class. The rows align with the rows of a
 * {@link ConfusionChart}.
 */
public final class MisreadChart {
    private static final int LEFT = 56;
    private static final int LONGEST = 260;
    private static final int BAR = 16;

    private final int[][] counts;

    /** @param counts {@code [class][predicted]} */
    public MisreadChart(int[][] counts) {
        this.counts = counts;
    }

    public Picture picture(String name) {
        Picture beside = new ConfusionChart(counts, ClassNames.numbers("digit", counts.length)).picture(name);
        return new Picture(name, "Misread digits", beside.width(), beside.height(), this::paint);
    }

    private int total(int label) {
        return IntStream.of(counts[label]).sum();
    }

    /** The share of a digit's samples that were misread; 0 if there are none. */
    private double share(int label) {
        int total = total(label);
        return total == 0 ? 0 : (double) (total - counts[label][label]) / total;
    }

    private void paint(Canvas canvas) {
        canvas.text(16, 22, "Misread digits", Anchor.START, Ink.TEXT, 15, true);
        canvas.text(16, ConfusionChart.TOP - 10, "digit", Anchor.START, Ink.MUTED, 12, false);
        double max =
                IntStream.range(0, counts.length).mapToDouble(this::share).max().orElse(0);
        for (int label = 0; label < counts.length; label++) {
            double middle = ConfusionChart.TOP + (label + 0.5) * ConfusionChart.CELL;
            canvas.text(LEFT - 26, middle + 5, "" + label, Anchor.MIDDLE, Ink.TEXT, 13, true);
            double length = max == 0 ? 0 : LONGEST * share(label) / max;
            if (length > 0) {
                canvas.rectangle(LEFT, middle - BAR / 2.0, Math.max(3, length), BAR, Ink.BAD, 0.75);
            }
            canvas.text(LEFT + length + 10, middle + 5, says(label), Anchor.START, Ink.MUTED, 12, false);
        }
    }

    private String says(int label) {
        int total = total(label);
        return total == 0
                ? "none in the test set"
                : String.format(
                        Locale.ROOT, "%.1f %%, %d of %d", 100 * share(label), total - counts[label][label], total);
    }
}
