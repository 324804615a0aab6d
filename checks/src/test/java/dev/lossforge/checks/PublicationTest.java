package dev.lossforge.checks;

import static dev.lossforge.checks.SourceTree.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What Maven Central asks of a project that is published there, of every project that {@code mvn deploy} deploys. */
class PublicationTest {
    /** What a POM may have from its parent. */
    private static final List<String> INHERITED = List.of(
            "url",
            "licenses/license/name",
            "licenses/license/url",
            "developers/developer/name",
            "scm/connection",
            "scm/developerConnection",
            "scm/url");

    @Test
    void eachProjectSaysWhatItIsAndWhose() throws IOException {
        List<String> missing = new ArrayList<>();
        List<Pom> poms = Pom.deployed();
        for (Pom pom : poms) {
            for (String own : List.of("name", "description")) {
                if (pom.text(own).isEmpty()) {
                    missing.add(pom.file() + ": " + own);
                }
            }
            for (String inherited : INHERITED) {
                if (pom.line().stream().allMatch(some -> some.text(inherited).isEmpty())) {
                    missing.add(pom.file() + ": " + inherited);
                }
            }
        }
        assertThat(poms).hasSizeGreaterThan(10);
        assertThat(missing).isEmpty();
    }

    /** A parent that is not deployed makes its children useless. */
    @Test
    void eachParentIsDeployedToo() throws IOException {
        assertThat(Pom.deployed()).allSatisfy(pom -> assertThat(pom.line()).allMatch(Pom::isDeployed));
    }

    @Test
    void eachLibraryHasSourcesAndJavadocAndIsSigned() throws IOException {
        assertThat(Pom.deployed()).allSatisfy(pom -> {
            assertThat(pom.text("properties/maven.source.skip")).isEmpty();
            assertThat(pom.text("properties/maven.javadoc.skip")).isEmpty();
            assertThat(pom.line())
                    .anyMatch(some -> !some.text("profiles/profile[id='release']//artifactId[.='maven-gpg-plugin']")
                            .isEmpty());
        });
        Pom root = Pom.at(ROOT.resolve("pom.xml"));
        for (String plugin : List.of("maven-source-plugin", "maven-javadoc-plugin")) {
            assertThat(root.text("build/plugins/plugin[artifactId='" + plugin + "']//goal"))
                    .as(plugin)
                    .startsWith("jar");
        }
        assertThat(root.text("profiles/profile[id='release']/properties/javadoc.phase"))
                .isEqualTo("package");
    }
}
