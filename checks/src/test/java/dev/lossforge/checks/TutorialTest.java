package dev.lossforge.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The Gradle build of docs/tutorial.md, which no test runs, agrees with the Maven build, which {@code .ci/tutorial}
 * does.
 */
class TutorialTest {
    private static final Pattern NAMED = Pattern.compile("\"(dev\\.lossforge:[a-z-]+)(?::([^\"]+))?\"");

    private static String first(Pattern pattern, Path file) throws IOException {
        return pattern.matcher(Files.readString(file))
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
    }

    @Test
    void the_gradle_build_names_what_the_maven_build_names() throws IOException {
        Path pom = Path.of("..", "pom.xml");
        String version = first(Pattern.compile("<version>([^<]*)</version>"), pom);
        String junit = first(Pattern.compile("<junit.version>([^<]*)</junit.version>"), pom);
        String page = Files.readString(Path.of("..", "docs", "tutorial.md"));
        assertThat(page).contains("\"org.junit.jupiter:junit-jupiter:" + junit + "\"");
        List<String> named =
                NAMED.matcher(page).results().map(match -> match.group(1)).toList();
        String template = Files.readString(
                Path.of("..", "cli", "src", "main", "resources", "dev", "lossforge", "cli", "project", "pom.xml"));
        assertThat(named)
                .hasSize(5)
                .allSatisfy(artifact -> assertThat(template)
                        .contains("<artifactId>" + artifact.replace("dev.lossforge:", "") + "</artifactId>"));
        assertThat(NAMED.matcher(page)
                        .results()
                        .map(match -> match.group(2))
                        .filter(Objects::nonNull)
                        .distinct())
                .containsExactly(version);
    }
}
