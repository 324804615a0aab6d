package dev.lossforge.cli;

import dev.lossforge.cli.argument.ArgumentException;
import dev.lossforge.runtime.internal.files.FileProblem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A value on the command line, {@code NAME=VALUE} or {@code VALUE}. As a value, {@code @FILE} means the content of a
 * file, and {@code -} the content of standard input.
 *
 * @param option the option with this value
 * @param name the name; empty if there is none
 */
record ArgumentText(String option, Optional<String> name, String value) {
    /** Maximum number of bytes to read from a file or from standard input. */
    private static final int MAX_BYTES = 64 << 20;

    private static final Pattern NAMED =
            Pattern.compile("\\s*(\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*)\\s*=(.*)", Pattern.DOTALL);

    static ArgumentText of(String option, String argument) {
        Matcher named = NAMED.matcher(argument);
        return named.matches()
                ? new ArgumentText(
                        option,
                        Optional.of(named.group(1)),
                        content(option, named.group(2).strip()))
                : new ArgumentText(option, Optional.empty(), content(option, argument.strip()));
    }

    /** The value's name in messages: the option, followed by the name if there is one. */
    String where() {
        return name.map(n -> option + " " + n).orElse(option);
    }

    private static String content(String option, String value) {
        if (!value.equals("-") && !value.startsWith("@")) {
            return value;
        }
        String source = value.equals("-") ? "standard input" : value.substring(1);
        try (InputStream in = value.equals("-") ? System.in : Files.newInputStream(Path.of(source))) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new ArgumentException("%s reads %s, which is longer than %d MB; give a part of it"
                        .formatted(option, source, MAX_BYTES >> 20));
            }
            return new String(bytes, StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new ArgumentException("%s reads %s, but %s".formatted(option, source, FileProblem.of(e)));
        } catch (InvalidPathException e) {
            throw new ArgumentException(
                    "%s reads '%s', which is not a path: %s".formatted(option, source, e.getReason()));
        }
    }
}
