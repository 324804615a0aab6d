package dev.lossforge.cli.run;

import java.util.Locale;

/** Scores as people read them. */
public final class Decimals {
    /** From here on the digits behind the point say nothing, and those before it are too many to count. */
    private static final double LARGE = 1e6;

    private Decimals() {}

    /** Four digits behind the point, and an exponent where the number is large, as in {@code 3.5062e+37}. */
    public static String of(double score) {
        return String.format(Locale.ROOT, Math.abs(score) < LARGE ? "%.4f" : "%.4e", score);
    }
}
