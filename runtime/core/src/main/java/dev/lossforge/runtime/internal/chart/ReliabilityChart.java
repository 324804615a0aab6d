package dev.lossforge.runtime.internal.chart;

import java.util.Locale;

/**
 * Accuracy by confidence: one bar per bin of confidence, with the diagonal on which a calibrated model lies (M.
 * DeGroot, S. Fienberg, "The Comparison and Evaluation of Forecasters", 1983).
 */
public final class ReliabilityChart {
    private static final Axis SHARES = Axis.between(0, 1);

    private final Confidences confidences;

    public ReliabilityChart(Confidences confidences) {
        this.confidences = confidences;
    }

    public Picture picture(String name) {
        return new Picture(name, "Reliability", BinPlot.WIDTH, BinPlot.HEIGHT, this::paint);
    }

    private void paint(Canvas canvas) {
        String lead = confidences.total() == 0
                ? "no predictions"
                : String.format(
                        Locale.ROOT, "bars should reach the line; mean distance %.2f %%", 100 * confidences.error());
        BinPlot plot = new BinPlot(canvas, SHARES);
        plot.axes("Reliability", lead, "accuracy");
        for (int bin = 0; bin < Confidences.BINS; bin++) {
            if (confidences.count(bin) > 0) {
                // Bars of bins with few predictions are paler, because they are less reliable.
                double opacity = 0.2 + 0.6 * Math.sqrt((double) confidences.count(bin) / confidences.total());
                plot.bar(bin, 0, confidences.accuracy(bin), Ink.ACCENT, opacity);
            }
        }
        plot.diagonal();
        for (int bin = 0; bin < Confidences.BINS; bin++) {
            if (confidences.count(bin) > 0) {
                String says = String.format(
                        Locale.ROOT,
                        "%d of %d correct, confidence %.3f",
                        confidences.right(bin),
                        confidences.count(bin),
                        confidences.confidence(bin));
                plot.dot(confidences.confidence(bin), confidences.accuracy(bin), says);
            }
        }
    }
}
