package dev.lossforge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Runs the examples of {@code docs/command-line.md} and compares what they print. After a change that is meant, rewrite
 * the page with {@code -Dlossforge.golden.update=true} and read the difference.
 */
class CommandLineDocTest {
    private static final Path PAGE = Path.of("..", "docs", "command-line.md");
    private static final Pattern EXAMPLE = Pattern.compile("```console\n\\$ lossforge (.*)\n((?:(?!```).*\n)*)```");
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

    @Test
    void theExamplesPrintWhatThePageSays() throws IOException {
        String page = Files.readString(PAGE);
        String played = EXAMPLE.matcher(page).replaceAll(CommandLineDocTest::played);
        if (Boolean.getBoolean("lossforge.golden.update")) {
            Files.writeString(PAGE, played);
        }
        assertThat(played).isEqualTo(Files.readString(PAGE));
        assertThat(EXAMPLE.matcher(page).results()).hasSizeGreaterThan(6);
    }

    private static String played(MatchResult example) {
        Invocation invocation = Invocation.of(words(example.group(1)).toArray(String[]::new));
        List<String> lines = new ArrayList<>(List.of("```console", "$ lossforge " + example.group(1)));
        lines.addAll(invocation.output());
        lines.addAll(invocation.errors());
        return Matcher.quoteReplacement(String.join("\n", lines) + "\n```");
    }

    /** The words of a command as a shell parts them; quotes stand around whole words. */
    private static List<String> words(String command) {
        return WORD.matcher(command)
                .results()
                .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
                .toList();
    }
}
