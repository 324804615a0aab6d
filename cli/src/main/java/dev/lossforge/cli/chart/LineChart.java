package dev.lossforge.cli.chart;

import dev.lossforge.cli.chart.Canvas.Anchor;
import dev.lossforge.samples.lesson.Ink;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Lines over epochs. */
public final class LineChart {
    private static final int WIDTH = 480;
    private static final int HEIGHT = 300;
    private static final int MARGIN = 16;
    private static final int LEFT = 64;
    private static final int RIGHT = 16;
    /** Above the plot, without names. */
    private static final int TOP = 40;

    private static final int BOTTOM = 44;
    private static final int ROW = 18;
    private static final double SWATCH = 17;

    /** About as much as a letter of 12 pixels takes; the widths of a reader's fonts are not known here. */
    private static final double LETTER = 6.6;

    private static final int LONGEST_NAME = 30;

    /** A line of more points than this is drawn thin. */
    private static final int DENSE = 60;

    private final String name;
    private final String title;
    private final double epochs;
    private final List<Series> series = new ArrayList<>();

    /**
     * A line or a point.
     *
     * @param line whether the points are joined
     * @param named whether the legend has it
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    private record Series(String label, double[] xs, double[] ys, boolean line, boolean dots, boolean named, Ink ink) {}

    /** @param epochs where the horizontal axis ends */
    public LineChart(String name, String title, double epochs) {
        this.name = name;
        this.title = title;
        this.epochs = Math.max(epochs, 1e-9);
    }

    /** Adds a line; values that are not finite are left out. */
    public LineChart line(String label, double[] xs, double[] ys, Ink ink) {
        series.add(finite(label, xs, ys, true, false, true, ink));
        return this;
    }

    /** Adds a line with its points marked. */
    public LineChart markedLine(String label, double[] xs, double[] ys, Ink ink) {
        series.add(finite(label, xs, ys, true, true, true, ink));
        return this;
    }

    /** Adds a single point. */
    public LineChart point(String label, double x, double y, Ink ink) {
        series.add(finite(label, new double[] {x}, new double[] {y}, false, true, true, ink));
        return this;
    }

    /** Adds a single point that belongs to a line of its colour, so that the legend does not name it. */
    public LineChart mark(String label, double x, double y, Ink ink) {
        series.add(finite(label, new double[] {x}, new double[] {y}, false, true, false, ink));
        return this;
    }

    private static Series finite(
            String label, double[] xs, double[] ys, boolean line, boolean dots, boolean named, Ink ink) {
        int[] kept = IntStream.range(0, Math.min(xs.length, ys.length))
                .filter(i -> Double.isFinite(xs[i]) && Double.isFinite(ys[i]))
                .toArray();
        return new Series(
                label,
                Arrays.stream(kept).mapToDouble(i -> xs[i]).toArray(),
                Arrays.stream(kept).mapToDouble(i -> ys[i]).toArray(),
                line,
                dots,
                named,
                ink);
    }

    public Picture picture() {
        List<Entry> legend = legend();
        int rows = legend.isEmpty() ? 0 : 1 + legend.getLast().row();
        // One row is allowed for, so that charts with and without names are equally high.
        int height = HEIGHT + Math.max(0, rows - 1) * ROW;
        return new Picture(name, title, WIDTH, height, canvas -> paint(canvas, TOP + rows * ROW, height - BOTTOM));
    }

    /** Where the name of a series stands. */
    private record Entry(Series series, String name, double x, int row) {}

    /** The names in as many rows as they need; the title names a line that is alone. */
    private List<Entry> legend() {
        List<Entry> entries = new ArrayList<>();
        List<Series> named = series.stream().filter(Series::named).toList();
        double x = MARGIN;
        int row = 0;
        for (Series one : named.size() == 1 ? List.<Series>of() : named) {
            String label = cut(one.label());
            double width = SWATCH + LETTER * label.length();
            if (x + width > WIDTH - RIGHT && x > MARGIN) {
                x = MARGIN;
                row++;
            }
            entries.add(new Entry(one, label, x, row));
            x += width + 16;
        }
        return entries;
    }

    /** The end of a path tells more than its beginning. */
    private static String cut(String label) {
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
        Axis y = Axis.around(
                DoubleStream.of(all).min().orElseThrow(),
                DoubleStream.of(all).max().orElseThrow());
        Plot plot = new Plot(canvas, Axis.between(0, epochs), y, top, bottom);
        plot.axes();
        series.forEach(plot::paint);
    }

    /** The part of the chart between its axes. */
    private record Plot(Canvas canvas, Axis x, Axis y, int top, int bottom) {
        private void axes() {
            for (double tick : y.ticks()) {
                canvas.line(LEFT, down(tick), WIDTH - RIGHT, down(tick), Ink.GRID, 1);
                canvas.text(LEFT - 7, down(tick) + 4, y.label(tick), Anchor.END, Ink.MUTED, 11, false);
            }
            for (double tick : x.ticks()) {
                canvas.text(across(tick), bottom + 17, x.label(tick), Anchor.MIDDLE, Ink.MUTED, 11, false);
            }
            canvas.line(LEFT, bottom, WIDTH - RIGHT, bottom, Ink.MUTED, 1);
            canvas.text(WIDTH - RIGHT, bottom + 36, "epochs", Anchor.END, Ink.MUTED, 11, false);
        }

        private void paint(Series one) {
            double[] xs = DoubleStream.of(one.xs()).map(this::across).toArray();
            double[] ys = DoubleStream.of(one.ys()).map(this::down).toArray();
            if (one.line() && xs.length > 1) {
                canvas.polyline(xs, ys, one.ink(), xs.length > DENSE ? 1.4 : 2);
            }
            if (one.dots() || xs.length == 1) {
                for (int i = 0; i < xs.length; i++) {
                    String says = String.format(
                            Locale.ROOT, "%s: %.5g after epoch %.4g", one.label(), one.ys()[i], one.xs()[i]);
                    canvas.dot(xs[i], ys[i], 3.5, one.ink(), says);
                }
            }
        }

        private double across(double value) {
            return LEFT + x.position(value) * (WIDTH - LEFT - RIGHT);
        }

        private double down(double value) {
            return bottom - y.position(value) * (bottom - top);
        }
    }
}
