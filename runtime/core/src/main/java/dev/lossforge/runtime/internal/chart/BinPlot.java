package dev.lossforge.runtime.internal.chart;

import dev.lossforge.runtime.internal.chart.Canvas.Anchor;

/** A plot over the bins of {@link Confidences}. */
record BinPlot(Canvas canvas, Axis y) {
    static final int WIDTH = LineChart.WIDTH;
    static final int HEIGHT = 440;
    static final int MARGIN = LineChart.MARGIN;
    private static final int LEFT = 64;
    private static final int RIGHT = WIDTH - MARGIN - 4;
    private static final int TOP = 62;
    private static final int BOTTOM = HEIGHT - 50;
    private static final Axis X = Axis.between(0, 1);

    void axes(String title, String lead, String quantity) {
        canvas.text(MARGIN, 22, title, Anchor.START, Ink.TEXT, 15, true);
        canvas.text(MARGIN, 44, lead, Anchor.START, Ink.MUTED, 12, false);
        for (double tick : y.ticks()) {
            canvas.line(LEFT, down(tick), RIGHT, down(tick), Ink.GRID, 1);
            canvas.text(LEFT - 7, down(tick) + 4, y.label(tick), Anchor.END, Ink.MUTED, 11, false);
        }
        for (double tick : X.ticks()) {
            canvas.text(across(tick), BOTTOM + 17, X.label(tick), Anchor.MIDDLE, Ink.MUTED, 11, false);
        }
        canvas.line(LEFT, BOTTOM, RIGHT, BOTTOM, Ink.MUTED, 1);
        canvas.text(RIGHT, BOTTOM + 36, "confidence", Anchor.END, Ink.MUTED, 11, false);
        canvas.text(LEFT + 4, TOP + 14, quantity, Anchor.START, Ink.MUTED, 11, false);
    }

    /** Draws the bar of a bin between two values. */
    void bar(int bin, double from, double to, Ink ink, double opacity) {
        double left = across((double) bin / Confidences.BINS);
        double width = across((bin + 1.0) / Confidences.BINS) - left;
        if (to > from) {
            canvas.rectangle(left + 2, down(to), width - 4, Math.max(2, down(from) - down(to)), ink, opacity);
        }
    }

    void diagonal() {
        canvas.polyline(new double[] {LEFT, RIGHT}, new double[] {BOTTOM, TOP}, Ink.MUTED, 1.4, 0.8);
    }

    void dot(double confidence, double value, String says) {
        canvas.dot(across(confidence), down(value), 3.5, Ink.ACCENT, says);
    }

    private static double across(double share) {
        return LEFT + X.position(share) * (RIGHT - LEFT);
    }

    private double down(double value) {
        return BOTTOM - y.position(value) * (BOTTOM - TOP);
    }
}
