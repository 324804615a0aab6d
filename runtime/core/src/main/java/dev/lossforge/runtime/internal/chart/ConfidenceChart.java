package dev.lossforge.runtime.internal.chart;

import dev.lossforge.runtime.internal.chart.Canvas.Anchor;
import java.util.stream.IntStream;

/** A histogram of predictions by confidence: each bar stacks wrong predictions on correct ones. */
public final class ConfidenceChart {
    private final Confidences confidences;

    public ConfidenceChart(Confidences confidences) {
        this.confidences = confidences;
    }

    public Picture picture(String name) {
        return new Picture(name, "Predictions by confidence", BinPlot.WIDTH, BinPlot.HEIGHT, this::paint);
    }

    private void paint(Canvas canvas) {
        int max = IntStream.range(0, Confidences.BINS)
                .map(confidences::count)
                .max()
                .orElse(0);
        BinPlot plot = new BinPlot(canvas, Axis.fromZero(Math.max(1, max)));
        plot.axes("Predictions by confidence", "", "");
        legend(canvas, BinPlot.MARGIN, "correct", Ink.ACCENT);
        legend(canvas, BinPlot.MARGIN + 80, "wrong", Ink.BAD);
        for (int bin = 0; bin < Confidences.BINS; bin++) {
            plot.bar(bin, 0, confidences.right(bin), Ink.ACCENT, 0.6);
            plot.bar(bin, confidences.right(bin), confidences.count(bin), Ink.BAD, 0.8);
        }
    }

    private static void legend(Canvas canvas, double x, String text, Ink ink) {
        canvas.rectangle(x, 38, 12, 4, ink, 1);
        canvas.text(x + 17, 44, text, Anchor.START, Ink.MUTED, 12, false);
    }
}
