package dev.lossforge.runtime.internal.chart;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What the classes of a chart are called.
 *
 * @param heading what a class is, as in "digit"
 */
public record ClassNames(String heading, List<String> names) {
    /** About as much as a letter of 13 pixels takes. */
    private static final double LETTER = 7.5;

    private static final int LONGEST = 16;

    public ClassNames {
        names = List.copyOf(names);
    }

    /** Classes that have numbers and no names. */
    public static ClassNames numbers(String heading, int classes) {
        return new ClassNames(
                heading, IntStream.range(0, classes).mapToObj(Integer::toString).toList());
    }

    /** A name of at most so many letters. */
    static String cut(String name, int letters) {
        return name.length() <= letters ? name : name.substring(0, letters - 1) + "…";
    }

    String row(int label) {
        return cut(names.get(label), LONGEST);
    }

    /** The width of a column for the names of rows. */
    int width() {
        int longest = IntStream.range(0, names.size())
                .map(label -> row(label).length())
                .max()
                .orElse(0);
        return (int) Math.ceil(LETTER * Math.max(longest, heading.length()));
    }
}
