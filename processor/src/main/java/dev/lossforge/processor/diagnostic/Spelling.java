package dev.lossforge.processor.diagnostic;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that a misspelt one was probably meant to be. */
public final class Spelling {

    private Spelling() {}

    /**
     * The candidate with the fewest edits: insertions, deletions, replacements, swaps of neighbours. The number of
     * edits must be at most a third of the word's length, and smaller than the length; letter case is ignored. Of
     * equally close candidates, the alphabetically first.
     */
    public static Optional<String> closest(String word, Collection<String> candidates) {
        int limit = Math.min(Math.max(1, word.length() / 3), word.length() - 1);
        return candidates.stream()
                .sorted()
                .min(Comparator.comparingInt(c -> edits(word, c)))
                .filter(c -> edits(word, c) <= limit);
    }

    private static int edits(String word, String candidate) {
        String a = word.toLowerCase(Locale.ROOT);
        String b = candidate.toLowerCase(Locale.ROOT);
        int[][] distance = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                distance[i][j] = i == 0 || j == 0 ? i + j : step(distance, a, b, i, j);
            }
        }
        return distance[a.length()][b.length()];
    }

    private static int step(int[][] distance, String a, String b, int i, int j) {
        int replaced = distance[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replaced, Math.min(distance[i - 1][j], distance[i][j - 1]) + 1);
        boolean exchanged = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return exchanged ? Math.min(best, distance[i - 2][j - 2] + 1) : best;
    }
}
