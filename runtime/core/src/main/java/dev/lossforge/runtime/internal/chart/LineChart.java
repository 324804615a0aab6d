package dev.lossforge.runtime.internal.chart;

import dev.lossforge.runtime.internal.chart.Canvas.Anchor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** Lines over the epochs of a training. */
public final class LineChart {
    static final int WIDTH = 480;
    static final int MARGIN = 16;
    private static final int HEIGHT = 300;
    /** The height above the plot without a legend. */
    private static final int TOP = 40;

    private static final int BOTTOM = 44;
    private static final int ROW = 18;
    private static final double SWATCH = 17;

    /** The approximate width of a letter of 12 pixels; the reader's fonts are unknown here. */
    private static final double LETTER = 6.6;

    private static final int LONGEST_NAME = 30;

    private final String name;
    private final String title;
    private final double epochs;
    private final List<Series> series = new ArrayList<>();

    /** @param epochs the end of the horizontal axis */
    public LineChart(String name, String title, double epochs) {
        this.name = name;
        this.title = title;
        this.epochs = Math.max(epochs, 1e-9);
    }

    /** Adds a line; values that are not finite are left out. */
    public LineChart line(String label, double[] xs, double[] ys, Ink ink) {
        series.add(Series.of(label, xs, ys, Series.Style.LINE, true, ink));
        return this;
    }

    /** Adds the running mean of a line, over the line itself in a paler colour. */
    public LineChart smoothedLine(String label, double[] xs, double[] ys, Ink ink) {
        series.addAll(Series.smoothed(label, xs, ys, ink));
        return this;
    }

    /** Adds a line with its points marked. */
    public LineChart markedLine(String label, double[] xs, double[] ys, Ink ink) {
        series.add(Series.of(label, xs, ys, Series.Style.MARKED, true, ink));
        return this;
    }

    /** Adds a single point. */
    public LineChart point(String label, double x, double y, Ink ink) {
        series.add(Series.of(label, new double[] {x}, new double[] {y}, Series.Style.POINT, true, ink));
        return this;
    }

    /** Adds a single point that belongs to an existing line of the same colour; the legend does not name it. */
    public LineChart mark(String label, double x, double y, Ink ink) {
        series.add(Series.of(label, new double[] {x}, new double[] {y}, Series.Style.POINT, false, ink));
        return this;
    }

    /**
     * Adds the terms of a sum, stacked, so that the upper edge is the sum. If any term is negative anywhere, all become
     * lines instead.
     *
     * @param ys the values of each term, all finite; one row per label
     */
    public LineChart stack(List<String> labels, double[] xs, double[][] ys) {
        boolean piled = Stream.of(ys).flatMapToDouble(DoubleStream::of).allMatch(y -> y >= 0);
        double[] below = new double[xs.length];
        for (int term = 0; term < ys.length; term++) {
            if (piled) {
                double[] lower = below;
                double[] own = ys[term];
                double[] upper = new double[xs.length];
                Arrays.setAll(upper, i -> lower[i] + own[i]);
                series.add(
                        new Series(labels.get(term), xs, upper, own, lower, Series.Style.AREA, true, Ink.series(term)));
                below = upper;
            } else {
                markedLine(labels.get(term), xs, ys[term], Ink.series(term));
            }
        }
        return this;
    }

    public Picture picture() {
        List<Entry> legend = legend();
        int rows = legend.isEmpty() ? 0 : 1 + legend.getLast().row();
        // The height includes one row of names, so that charts with and without names are equally high.
        int height = HEIGHT + Math.max(0, rows - 1) * ROW;
        return new Picture(name, title, WIDTH, height, canvas -> paint(canvas, TOP + rows * ROW, height - BOTTOM));
    }

    /** The position of a name in the legend. */
    private record Entry(Series series, String name, double x, int row) {}

    /** The names, in as many rows as they need. A single line has no entry, because the title names it. */
    private List<Entry> legend() {
        List<Entry> entries = new ArrayList<>();
        List<Series> named = series.stream().filter(Series::named).toList();
        double x = MARGIN;
        int row = 0;
        for (Series one : named.size() == 1 ? List.<Series>of() : named) {
            String label = cut(one.label());
            double width = SWATCH + LETTER * label.length();
            if (x + width > WIDTH - MARGIN && x > MARGIN) {
                x = MARGIN;
                row++;
            }
            entries.add(new Entry(one, label, x, row));
            x += width + 16;
        }
        return entries;
    }

    /** The label, shortened at its beginning, because the end of a path says more. */
    static String cut(String label) {
        return label.length() <= LONGEST_NAME ? label : "…" + label.substring(label.length() - LONGEST_NAME + 1);
    }

    private void paint(Canvas canvas, int top, int bottom) {
        canvas.text(MARGIN, 22, title, Anchor.START, Ink.TEXT, 15, true);
        for (Entry entry : legend()) {
            double y = 36 + entry.row() * ROW;
            canvas.rectangle(entry.x(), y, 12, 4, entry.series().ink(), 1);
            canvas.text(entry.x() + SWATCH, y + 6, entry.name(), Anchor.START, Ink.MUTED, 12, false);
        }
        double[] all = series.stream()
                .flatMapToDouble(one -> DoubleStream.of(one.ys()))
                .toArray();
        if (all.length == 0) {
            canvas.text(WIDTH / 2.0, (top + bottom) / 2.0, "no values yet", Anchor.MIDDLE, Ink.MUTED, 13, false);
            return;
        }
        boolean fromZero = series.stream().anyMatch(one -> one.below() != null);
        Axis y = fromZero
                ? Axis.fromZero(DoubleStream.of(all).max().orElseThrow())
                : Axis.around(
                        DoubleStream.of(all).min().orElseThrow(),
                        DoubleStream.of(all).max().orElseThrow());
        LinePlot plot = new LinePlot(canvas, Axis.between(0, epochs), y, top, bottom);
        plot.axes();
        series.forEach(plot::paint);
        plot.crosshairs(series);
    }
}
