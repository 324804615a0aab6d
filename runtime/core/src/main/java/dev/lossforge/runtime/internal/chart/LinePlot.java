package dev.lossforge.runtime.internal.chart;

import dev.lossforge.runtime.internal.chart.Canvas.Anchor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/** The area of a {@link LineChart} between its axes. */
record LinePlot(Canvas canvas, Axis x, Axis y, int top, int bottom) {
    private static final int LEFT = 64;
    private static final int RIGHT = LineChart.MARGIN;

    /** Lines with more points than this are drawn thin. */
    private static final int DENSE = 60;

    /** Maximum number of strips that show values. */
    private static final int PLACES = 40;

    /** Maximum number of lines whose values a strip shows. */
    private static final int MAX_LINES = 10;

    void axes() {
        for (double tick : y.ticks()) {
            canvas.line(LEFT, down(tick), LineChart.WIDTH - RIGHT, down(tick), Ink.GRID, 1);
            canvas.text(LEFT - 7, down(tick) + 4, y.label(tick), Anchor.END, Ink.MUTED, 11, false);
        }
        for (double tick : x.ticks()) {
            canvas.text(across(tick), bottom + 17, x.label(tick), Anchor.MIDDLE, Ink.MUTED, 11, false);
        }
        canvas.line(LEFT, bottom, LineChart.WIDTH - RIGHT, bottom, Ink.MUTED, 1);
        canvas.text(LineChart.WIDTH - RIGHT, bottom + 36, "epochs", Anchor.END, Ink.MUTED, 11, false);
    }

    void paint(Series one) {
        double[] xs = DoubleStream.of(one.xs()).map(this::across).toArray();
        double[] ys = DoubleStream.of(one.ys()).map(this::down).toArray();
        if (one.below() != null && xs.length > 1) {
            double[] lower = DoubleStream.of(one.below()).map(this::down).toArray();
            canvas.area(xs, lower, ys, one.ink(), 0.35);
        }
        if (one.style() != Series.Style.POINT && xs.length > 1) {
            boolean shadow = one.style() == Series.Style.SHADOW;
            canvas.polyline(xs, ys, one.ink(), xs.length > DENSE ? 1.4 : 2, shadow ? 0.35 : 1);
        }
        if (one.style() == Series.Style.MARKED || one.style() == Series.Style.POINT || xs.length == 1) {
            for (int i = 0; i < xs.length; i++) {
                String says =
                        String.format(Locale.ROOT, "%s: %.5g after epoch %.4g", one.label(), one.ys()[i], one.xs()[i]);
                canvas.dot(xs[i], ys[i], 3.5, one.ink(), says);
            }
        }
    }

    /** Covers the plot with strips, one around each place, which show the values of the lines there. */
    void crosshairs(List<Series> series) {
        List<Series> telling = series.stream()
                .filter(one -> one.xs().length > 0 && one.style() != Series.Style.SHADOW)
                .toList();
        double[] places = places(telling);
        for (int i = 0; i < places.length; i++) {
            double left = i == 0 ? LEFT : across((places[i - 1] + places[i]) / 2);
            double right = i == places.length - 1 ? LineChart.WIDTH - RIGHT : across((places[i] + places[i + 1]) / 2);
            crosshair(telling, places[i], new Canvas.Strip(left, right, top, bottom, LineChart.WIDTH));
        }
    }

    /** The positions of all points or, if there are too many, an even selection of them. */
    private static double[] places(List<Series> series) {
        double[] all = series.stream()
                .flatMapToDouble(one -> DoubleStream.of(one.xs()))
                .sorted()
                .distinct()
                .toArray();
        if (all.length <= PLACES) {
            return all;
        }
        return DoubleStream.iterate(0, place -> place < PLACES, place -> place + 1)
                .map(place -> all[(int) Math.round(place * (all.length - 1) / (PLACES - 1))])
                .toArray();
    }

    private void crosshair(List<Series> series, double place, Canvas.Strip strip) {
        List<Canvas.Mark> marks = new ArrayList<>();
        List<String> says = new ArrayList<>(List.of(String.format(Locale.ROOT, "epoch %.4g", place)));
        for (Series one : series) {
            int nearest = one.nearest(place);
            double found = across(one.xs()[nearest]);
            if (says.size() > MAX_LINES) {
                says.add("…");
                break;
            }
            // A line without a point near this strip has no value to show.
            if (found >= strip.left() - 1 && found <= strip.right() + 1) {
                marks.add(new Canvas.Mark(down(one.ys()[nearest]), one.ink()));
                says.add(LineChart.cut(one.label()) + String.format(Locale.ROOT, "  %.4g", one.values()[nearest]));
            }
        }
        canvas.crosshair(strip, across(place), marks, says);
    }

    private double across(double value) {
        return LEFT + x.position(value) * (LineChart.WIDTH - LEFT - RIGHT);
    }

    private double down(double value) {
        return bottom - y.position(value) * (bottom - top);
    }
}
