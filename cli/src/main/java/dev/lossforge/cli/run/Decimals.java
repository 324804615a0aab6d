package dev.lossforge.cli.run;

import java.util.Locale;

/** Formats scores for people. */
public final class Decimals {
    /**
     * From this size on, scores are written with an exponent: decimals are meaningless, and there are too many digits
     * before the point.
     */
    private static final double LARGE = 1e6;

    private Decimals() {}

    /** The score with four decimals, and with an exponent if it is large, as in {@code 3.5062e+37}. */
    public static String of(double score) {
        return String.format(Locale.ROOT, Math.abs(score) < LARGE ? "%.4f" : "%.4e", score);
    }
}
