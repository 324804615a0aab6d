package dev.lossforge.runtime.internal.chart;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The names of a chart's classes.
 *
 * @param heading the kind of class, as in "digit"
 */
public record ClassNames(String heading, List<String> names) {
    /** The approximate width of a letter of 13 pixels. */
    private static final double LETTER = 7.5;

    private static final int LONGEST = 16;

    public ClassNames {
        names = List.copyOf(names);
    }

    /** Names that are the numbers of the classes, from 0. */
    public static ClassNames numbers(String heading, int classes) {
        return new ClassNames(
                heading, IntStream.range(0, classes).mapToObj(Integer::toString).toList());
    }

    /** The name, shortened to at most this number of letters. */
    static String cut(String name, int letters) {
        return name.length() <= letters ? name : name.substring(0, letters - 1) + "…";
    }

    String row(int label) {
        return cut(names.get(label), LONGEST);
    }

    /** The width of the column with the names of the rows. */
    int width() {
        int longest = IntStream.range(0, names.size())
                .map(label -> row(label).length())
                .max()
                .orElse(0);
        return (int) Math.ceil(LETTER * Math.max(longest, heading.length()));
    }
}
