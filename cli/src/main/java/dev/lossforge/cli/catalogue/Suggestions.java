package dev.lossforge.cli.catalogue;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Suggests corrections of misspelled names. */
public final class Suggestions {
    private Suggestions() {}

    /**
     * {@code ", did you mean 'huber'?"} with the closest known name, by the number of inserted, deleted or replaced
     * letters. Empty if that number exceeds a third of the given name's length.
     */
    public static String didYouMean(String given, Collection<String> known) {
        int max = Math.max(1, given.length() / 3);
        return known.stream()
                .filter(name -> Math.abs(name.length() - given.length()) <= max)
                .sorted()
                .min(Comparator.comparingInt(name -> distance(given, name)))
                .filter(name -> distance(given, name) <= max)
                .map(name -> ", did you mean '" + name + "'?")
                .orElse("");
    }

    /** The Levenshtein distance, which ignores letter case; computed one row of the table at a time. */
    private static int distance(String given, String known) {
        String from = given.toLowerCase(Locale.ROOT);
        String to = known.toLowerCase(Locale.ROOT);
        int[] row = new int[to.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
