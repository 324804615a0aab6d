package dev.lossforge.cli;

import java.nio.file.Path;
import java.util.regex.Pattern;

/** Quotes paths for commands that messages tell the user to type. */
final class ShellWord {
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_./\\\\:@%+=,-]+");

    private ShellWord() {}

    /** The path as one word of a shell, in quotes if necessary. */
    static String of(Path path) {
        String text = path.toString();
        return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
