package dev.lossforge.cli;

import java.nio.file.Path;
import java.util.regex.Pattern;

/** Paths in commands that the user is told to type. */
final class ShellWord {
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_./\\\\:@%+=,-]+");

    private ShellWord() {}

    /** The path as a shell reads it as one word: in quotes if it has to be. */
    static String of(Path path) {
        String text = path.toString();
        return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
