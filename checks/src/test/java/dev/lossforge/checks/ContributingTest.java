package dev.lossforge.checks;

import static dev.lossforge.checks.SourceTree.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The folders and the classes that CONTRIBUTING.md sends a newcomer to are there. */
class ContributingTest {
    private static final Pattern TYPE = Pattern.compile("`([A-Z][a-z]+[A-Z]\\w*|Message|Expr|Layer|Backend|Formulas)`");
    private static final Pattern PATH = Pattern.compile("`((?:[a-z-]+/)+[\\w./-]*|losses|dsl|processor)`");

    private static final Set<String> OF_OTHERS = Set.of("ServiceLoader");

    private static List<String> named(Pattern pattern) throws IOException {
        String page = Files.readString(ROOT.resolve("CONTRIBUTING.md"));
        return pattern.matcher(page)
                .results()
                .map((MatchResult found) -> found.group(1))
                .distinct()
                .toList();
    }

    @Test
    void everyClassIsThere() throws IOException {
        Set<String> sources = SourceTree.files().stream()
                .map(file -> file.getFileName().toString())
                .filter(name -> name.endsWith(".java"))
                .map(name -> name.substring(0, name.length() - ".java".length()))
                .collect(Collectors.toSet());
        sources.addAll(OF_OTHERS);
        assertThat(named(TYPE)).hasSizeGreaterThan(15).isSubsetOf(sources);
    }

    @Test
    void everyFolderIsThere() throws IOException {
        assertThat(named(PATH))
                .hasSizeGreaterThan(5)
                .filteredOn(path -> !path.startsWith("target/"))
                .allSatisfy(path -> assertThat(ROOT.resolve(path)).exists());
    }
}
