package dev.lossforge.spark.internal.data;

import java.util.regex.Pattern;

/**
 * What messages call the rows of the data: by their place in it, whichever worker has them. A worker has every n-th row
 * of the data and numbers those it has; so its messages are to be translated.
 */
public final class DataRows {
    /** What the runtime calls a row of the samples that it was given. */
    private static final Pattern NAMED = Pattern.compile("\\brow \\d+ \\(index (\\d+)\\)");

    private DataRows() {}

    /** The row with this index. */
    static String row(long index) {
        return "row " + (index + 1) + " (index " + index + ")";
    }

    /** Whether a message of the runtime names a row. */
    public static boolean isAnyNamedIn(String message) {
        return NAMED.matcher(message).find();
    }

    /** A message about the rows of a worker, as one about those of the data. */
    public static String ofAll(String message, int worker, int workers) {
        return NAMED.matcher(message).replaceAll(named -> row(Long.parseLong(named.group(1)) * workers + worker));
    }
}
