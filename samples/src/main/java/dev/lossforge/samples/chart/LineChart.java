package dev.lossforge.samples.chart;

import dev.lossforge.samples.chart.Canvas.Anchor;
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
    private static final int LEFT = 52;
    private static final int RIGHT = 16;
    private static final int TOP = 58;
    private static final int BOTTOM = 44;

    private final String name;
    private final String title;
    private final double epochs;
    private final List<Series> series = new ArrayList<>();

    /**
     * A line or a point.
     *
     * @param line whether the points are joined
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    private record Series(String label, double[] xs, double[] ys, boolean line, boolean dots, Ink ink) {}

    /** @param epochs where the horizontal axis ends */
    public LineChart(String name, String title, double epochs) {
        this.name = name;
        this.title = title;
        this.epochs = Math.max(epochs, 1e-9);
    }

    /** Adds a line; values that are not finite are left out. */
    public LineChart line(String label, double[] xs, double[] ys, Ink ink) {
        series.add(finite(label, xs, ys, true, false, ink));
        return this;
    }

    /** Adds a line with its points marked. */
    public LineChart markedLine(String label, double[] xs, double[] ys, Ink ink) {
        series.add(finite(label, xs, ys, true, true, ink));
        return this;
    }

    /** Adds a single point. */
    public LineChart point(String label, double x, double y, Ink ink) {
        series.add(finite(label, new double[] {x}, new double[] {y}, false, true, ink));
        return this;
    }

    private static Series finite(String label, double[] xs, double[] ys, boolean line, boolean dots, Ink ink) {
        int[] kept = IntStream.range(0, Math.min(xs.length, ys.length))
                .filter(i -> Double.isFinite(xs[i]) && Double.isFinite(ys[i]))
                .toArray();
        return new Series(
                label,
                Arrays.stream(kept).mapToDouble(i -> xs[i]).toArray(),
                Arrays.stream(kept).mapToDouble(i -> ys[i]).toArray(),
                line,
                dots,
                ink);
    }

    public Picture picture() {
        return new Picture(name, title, WIDTH, HEIGHT, this::paint);
    }

    private void paint(Canvas canvas) {
        canvas.text(LEFT - 36, 22, title, Anchor.START, Ink.TEXT, 15, true);
        legend(canvas);
        double[] all = series.stream()
                .flatMapToDouble(one -> DoubleStream.of(one.ys()))
                .toArray();
        if (all.length == 0) {
            canvas.text(WIDTH / 2.0, HEIGHT / 2.0, "no values yet", Anchor.MIDDLE, Ink.MUTED, 13, false);
            return;
        }
        Axis x = Axis.between(0, epochs);
        Axis y = Axis.around(
                DoubleStream.of(all).min().orElseThrow(),
                DoubleStream.of(all).max().orElseThrow());
        axes(canvas, x, y);
        series.forEach(one -> paint(canvas, one, x, y));
    }

    private void legend(Canvas canvas) {
        double at = LEFT - 36;
        for (Series one : series) {
            canvas.rectangle(at, 36, 12, 4, one.ink(), 1);
            canvas.text(at + 17, 42, one.label(), Anchor.START, Ink.MUTED, 12, false);
            at += 17 + 6.6 * one.label().length() + 16;
        }
    }

    private void axes(Canvas canvas, Axis x, Axis y) {
        for (double tick : y.ticks()) {
            canvas.line(LEFT, down(y, tick), WIDTH - RIGHT, down(y, tick), Ink.GRID, 1);
            canvas.text(LEFT - 7, down(y, tick) + 4, y.label(tick), Anchor.END, Ink.MUTED, 11, false);
        }
        for (double tick : x.ticks()) {
            canvas.text(across(x, tick), HEIGHT - BOTTOM + 17, x.label(tick), Anchor.MIDDLE, Ink.MUTED, 11, false);
        }
        canvas.line(LEFT, HEIGHT - BOTTOM, WIDTH - RIGHT, HEIGHT - BOTTOM, Ink.MUTED, 1);
        canvas.text(WIDTH - RIGHT, HEIGHT - 8, "epochs", Anchor.END, Ink.MUTED, 11, false);
    }

    private static void paint(Canvas canvas, Series one, Axis x, Axis y) {
        double[] xs = DoubleStream.of(one.xs()).map(value -> across(x, value)).toArray();
        double[] ys = DoubleStream.of(one.ys()).map(value -> down(y, value)).toArray();
        if (one.line() && xs.length > 1) {
            canvas.polyline(xs, ys, one.ink(), 2);
        }
        if (one.dots() || xs.length == 1) {
            for (int i = 0; i < xs.length; i++) {
                String says =
                        String.format(Locale.ROOT, "%s: %.5g after epoch %.4g", one.label(), one.ys()[i], one.xs()[i]);
                canvas.dot(xs[i], ys[i], 3.5, one.ink(), says);
            }
        }
    }

    private static double across(Axis axis, double value) {
        return LEFT + axis.position(value) * (WIDTH - LEFT - RIGHT);
    }

    private static double down(Axis axis, double value) {
        return HEIGHT - BOTTOM - axis.position(value) * (HEIGHT - TOP - BOTTOM);
    }
}
