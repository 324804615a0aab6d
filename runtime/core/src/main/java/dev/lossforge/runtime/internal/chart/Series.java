package dev.lossforge.runtime.internal.chart;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One quantity in a {@link LineChart}.
 *
 * @param ys the vertical positions of its points
 * @param values the values at these points; they differ from {@code ys} only in a stack
 * @param below the lower edge of an area; null for a line
 * @param named whether the legend names it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Series(
        String label,
        double[] xs,
        double[] ys,
        double[] values,
        double @Nullable [] below,
        Style style,
        boolean named,
        Ink ink) {
    /** The factor by which the weight of a point in a running mean falls with each step away from the middle. */
    private static final double MEMORY = 0.9;

    /** Series with fewer points are not smoothed. */
    private static final int FEW = 20;

    /** The way a series is painted. */
    enum Style {
        LINE,
        MARKED,
        POINT,
        /** A pale line in the background, without values. */
        SHADOW,
        AREA
    }

    /** A series of the points that are finite. */
    static Series of(String label, double[] xs, double[] ys, Style style, boolean named, Ink ink) {
        int[] kept = IntStream.range(0, Math.min(xs.length, ys.length))
                .filter(i -> Double.isFinite(xs[i]) && Double.isFinite(ys[i]))
                .toArray();
        double[] keptYs = Arrays.stream(kept).mapToDouble(i -> ys[i]).toArray();
        return new Series(
                label, Arrays.stream(kept).mapToDouble(i -> xs[i]).toArray(), keptYs, keptYs, null, style, named, ink);
    }

    /** The line in the background and its running mean; only the line if it has few points. */
    static List<Series> smoothed(String label, double[] xs, double[] ys, Ink ink) {
        Series line = of(label, xs, ys, Style.LINE, true, ink);
        if (line.xs.length < FEW) {
            return List.of(line);
        }
        double[] means = means(line.ys);
        return List.of(
                new Series(label, line.xs, line.ys, line.ys, null, Style.SHADOW, false, ink),
                new Series(label, line.xs, means, means, null, Style.LINE, true, ink));
    }

    /** The mean of the points on both sides of each, weighted by nearness, so that the mean neither lags nor leads. */
    private static double[] means(double[] ys) {
        double[] sums = new double[ys.length];
        double[] weights = new double[ys.length];
        double sum = 0;
        double weight = 0;
        for (int i = 0; i < ys.length; i++) {
            sum = MEMORY * sum + ys[i];
            weight = MEMORY * weight + 1;
            sums[i] += sum;
            weights[i] += weight;
        }
        sum = 0;
        weight = 0;
        for (int i = ys.length - 1; i >= 0; i--) {
            sums[i] += MEMORY * sum;
            weights[i] += MEMORY * weight;
            sum = MEMORY * sum + ys[i];
            weight = MEMORY * weight + 1;
        }
        return IntStream.range(0, ys.length)
                .mapToDouble(i -> sums[i] / weights[i])
                .toArray();
    }

    /** The index of the point nearest to {@code x}. The series must not be empty. */
    int nearest(double x) {
        int best = 0;
        for (int i = 1; i < xs.length; i++) {
            best = Math.abs(xs[i] - x) < Math.abs(xs[best] - x) ? i : best;
        }
        return best;
    }
}
