package dev.lossforge.runtime.internal.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A range of numbers along a side of a chart. The scale is linear, or logarithmic if all numbers are positive and their
 * ratio is large.
 */
final class Axis {
    /** Minimum ratio of the largest to the smallest number for a logarithmic scale. */
    private static final double WIDE = 30;

    private final double min;
    private final double max;
    private final boolean logarithmic;

    private Axis(double min, double max, boolean logarithmic) {
        this.min = min;
        this.max = max;
        this.logarithmic = logarithmic;
    }

    /** An axis that covers exactly this range. */
    static Axis between(double min, double max) {
        return new Axis(min, max, false);
    }

    /** An axis from 0 to the first tick at or above this number, which is not negative. */
    static Axis fromZero(double max) {
        double end = Math.max(max, 1e-3);
        double step = step(end);
        return new Axis(0, step * Math.ceil(end / step), false);
    }

    /** An axis that covers this range and ends at ticks or, if logarithmic, 20 % above the largest number. */
    static Axis around(double min, double max) {
        if (min > 0 && max > WIDE * min) {
            return new Axis(Math.pow(10, Math.floor(Math.log10(min))), max * 1.2, true);
        }
        double span = max > min ? max - min : Math.max(Math.abs(max), 1e-3);
        double step = step(span);
        double low = step * Math.floor((min - (max > min ? 0 : span / 2)) / step);
        double high = step * Math.ceil((max + (max > min ? 0 : span / 2)) / step);
        return new Axis(min >= 0 ? Math.max(low, 0) : low, high, false);
    }

    /** The distance between ticks: 1, 2 or 5 times a power of ten, so that the span has about five of them. */
    private static double step(double span) {
        double power = Math.pow(10, Math.floor(Math.log10(span / 5)));
        for (double factor : new double[] {1, 2, 5}) {
            if (span / (factor * power) <= 6) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    /** The position of a number along the axis: 0 at its start, 1 at its end. */
    double position(double value) {
        return logarithmic ? Math.log(value / min) / Math.log(max / min) : (value - min) / (max - min);
    }

    /** The numbers to mark, in ascending order. */
    List<Double> ticks() {
        List<Double> ticks = new ArrayList<>();
        if (logarithmic) {
            for (double power = min; power <= max; power *= 10) {
                ticks.add(power);
            }
            return ticks;
        }
        double step = step(max - min);
        for (long i = (long) Math.ceil(min / step - 1e-9); i * step <= max * (1 + 1e-9) + 1e-12; i++) {
            ticks.add(i * step);
        }
        return ticks;
    }

    /** The text of a mark. */
    String label(double value) {
        if (value == 0) {
            return "0";
        }
        double size = Math.abs(value);
        double largest = logarithmic ? size : Math.max(Math.abs(min), Math.abs(max));
        if (size >= 10_000 || largest < 1e-3) {
            return shortest(value, size);
        }
        double step = logarithmic ? size : step(max - min);
        int digits = (int) Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    private static String shortest(double value, double size) {
        if (size >= 10_000 && size < 1e7 && value % 1000 == 0) {
            return (long) (value / 1000) + "k";
        }
        String text = String.format(Locale.ROOT, "%.1e", value);
        return text.replace(".0e", "e")
                .replace("e-0", "e−")
                .replace("e-", "e−")
                .replace("e+0", "e")
                .replace("e+", "e");
    }
}
