package dev.lossforge.checks;

import static dev.lossforge.checks.SourceTree.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The samples with libraries of their own. The usual build lacks them, but lists them: its list, the launcher's table
 * and the README must say what the samples themselves say.
 */
class SamplesApartTest {
    private static final Pattern TITLE = Pattern.compile(
            "int number\\(\\) \\{\\s+return (\\d+);.*String name\\(\\) \\{\\s+return \"([^\"]+)\";"
                    + ".*String summary\\(\\) \\{\\s+return \"([^\"]+)\";",
            Pattern.DOTALL);

    /** A sample in its module below {@code integrations}. */
    private record Sample(String module, String number, String name, String summary) {
        static Sample at(Path source) {
            Matcher title = TITLE.matcher(read(source));
            assertThat(title.find()).as("title in %s", source).isTrue();
            String module =
                    ROOT.resolve("integrations").relativize(source).getName(0).toString();
            return new Sample(module, title.group(1), title.group(2), title.group(3));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(file.toString(), e);
        }
    }

    private static List<Sample> samples() throws IOException {
        return SourceTree.files().stream()
                .filter(file -> file.startsWith(ROOT.resolve("integrations"))
                        && file.toString().endsWith(".java")
                        && read(file).contains(" implements Lesson {"))
                .map(Sample::at)
                .toList();
    }

    @Test
    void eachIsListedByEveryBuildAndInTheReadme() throws IOException {
        String command = read(ROOT.resolve("cli/src/main/java/dev/lossforge/cli/SampleCommand.java"))
                .replaceAll("\\s+", " ");
        String readme = read(ROOT.resolve("README.md"));
        List<Sample> samples = samples();
        assertThat(samples).hasSizeGreaterThan(3).allSatisfy(sample -> {
            assertThat(command)
                    .containsPattern("OptionalLesson\\( ?" + sample.number() + ", \"" + sample.name() + "\", \""
                            + Pattern.quote(sample.summary()) + "\"");
            assertThat(readme)
                    .containsPattern("(?m)^" + sample.number() + "\\. \\[`" + sample.name() + "`]\\(integrations/"
                            + sample.module() + "/");
        });
    }

    @Test
    void eachHasABuildOfItsOwn() throws IOException {
        String launcher = read(ROOT.resolve("lossforge"));
        String continuous = read(ROOT.resolve(".ci/run"));
        assertThat(samples()).allSatisfy(sample -> {
            String kind = sample.module().replaceFirst("samples-", "");
            assertThat(launcher).containsPattern(sample.number() + " " + sample.name() + " " + kind + " ");
            assertThat(continuous).containsPattern("for sample in .*\\b" + sample.number() + "\\b");
        });
    }
}
