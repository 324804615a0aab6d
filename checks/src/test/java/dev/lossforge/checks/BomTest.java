package dev.lossforge.checks;

import static dev.lossforge.checks.SourceTree.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Who imports the BOM needs no version of any library, not even of those that are built only where TornadoVM is
 * installed or integrations are asked for.
 */
class BomTest {
    private static final Pattern MANAGED = Pattern.compile(
            "<artifactId>(lossforge-[a-z0-9-]+)</artifactId>\\s*<version>\\$\\{project\\.version}</version>");
    private static final Pattern OWN_NAME =
            Pattern.compile("</parent>\\s*<artifactId>(lossforge-[a-z0-9-]+)</artifactId>");

    @Test
    void holds_all_libraries_and_nothing_else() throws IOException {
        assertThat(libraries())
                .contains("lossforge-dsl", "lossforge-runtime-tornadovm", "lossforge-boosting", "lossforge-dl4j");
        assertThat(managed("bom/pom.xml")).containsExactlyInAnyOrderElementsOf(libraries());
        assertThat(managed("pom.xml")).containsExactlyInAnyOrderElementsOf(libraries());
    }

    /** The modules with a jar that is deployed. */
    private static List<String> libraries() throws IOException {
        List<String> names = new ArrayList<>();
        for (Path folder : List.of(ROOT, ROOT.resolve("runtime"), ROOT.resolve("integrations"))) {
            try (Stream<Path> modules = Files.list(folder)) {
                modules.map(module -> module.resolve("pom.xml"))
                        .filter(Files::exists)
                        .map(BomTest::text)
                        .filter(pom -> !pom.contains("<packaging>pom</packaging>"))
                        .filter(pom -> !pom.contains("<maven.deploy.skip>true</maven.deploy.skip>"))
                        .forEach(pom -> names.addAll(names(OWN_NAME, pom)));
            }
        }
        return names;
    }

    private static List<String> managed(String pom) {
        return names(MANAGED, text(ROOT.resolve(pom)));
    }

    private static List<String> names(Pattern pattern, String pom) {
        return pattern.matcher(pom).results().map(name -> name.group(1)).toList();
    }

    private static String text(Path pom) {
        try {
            return Files.readString(pom);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
