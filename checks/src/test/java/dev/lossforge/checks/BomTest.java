package dev.lossforge.checks;

import static dev.lossforge.checks.SourceTree.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Who imports the BOM needs no version of any library, not even of those that are built only where TornadoVM is
 * installed or integrations are asked for.
 */
class BomTest {
    private static final Pattern MANAGED = Pattern.compile(
            "<artifactId>(lossforge-[a-z0-9-]+)</artifactId>\\s*<version>\\$\\{project\\.version}</version>");

    @Test
    void holdsAllLibrariesAndNothingElse() throws IOException {
        assertThat(libraries())
                .contains("lossforge-dsl", "lossforge-runtime-tornadovm", "lossforge-boosting", "lossforge-dl4j");
        assertThat(managed("bom/pom.xml")).containsExactlyInAnyOrderElementsOf(libraries());
        assertThat(managed("pom.xml")).containsExactlyInAnyOrderElementsOf(libraries());
    }

    /** The modules with a jar that is deployed. */
    private static List<String> libraries() throws IOException {
        return Pom.deployed().stream()
                .filter(Pom::isLibrary)
                .map(pom -> pom.text("artifactId"))
                .toList();
    }

    private static List<String> managed(String pom) throws IOException {
        return MANAGED.matcher(Files.readString(ROOT.resolve(pom)))
                .results()
                .map(name -> name.group(1))
                .toList();
    }
}
