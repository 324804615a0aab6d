package dev.lossforge.checks;

import static dev.lossforge.checks.SourceTree.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.SAXException;

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

    private record Pom(Path file, Document document) {
        static Pom at(Path file) {
            try {
                DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
                factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
                return new Pom(file, factory.newDocumentBuilder().parse(file.toFile()));
            } catch (IOException | ParserConfigurationException | SAXException e) {
                throw new IllegalStateException(file.toString(), e);
            }
        }

        /** The text at this place below the project; empty if there is none. */
        String text(String place) {
            try {
                return XPathFactory.newInstance()
                        .newXPath()
                        .evaluate("/project/" + place, document)
                        .strip();
            } catch (XPathExpressionException e) {
                throw new IllegalArgumentException(place, e);
            }
        }

        boolean isDeployed() {
            return !text("properties/maven.deploy.skip").equals("true");
        }

        /** This one, its parent, and so on. */
        List<Pom> line() {
            List<Pom> line = new ArrayList<>(List.of(this));
            if (!text("parent").isEmpty()) {
                String path = text("parent/relativePath");
                line.addAll(at(file.resolveSibling(path.isEmpty() ? "../pom.xml" : path)
                                .normalize())
                        .line());
            }
            return line;
        }
    }

    private static List<Pom> deployed() throws IOException {
        return SourceTree.files().stream()
                .filter(file -> file.endsWith("pom.xml") && !file.toString().contains("/src/"))
                .map(Pom::at)
                .filter(Pom::isDeployed)
                .toList();
    }

    @Test
    void each_project_says_what_it_is_and_whose() throws IOException {
        List<String> missing = new ArrayList<>();
        List<Pom> poms = deployed();
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
    void each_parent_is_deployed_too() throws IOException {
        assertThat(deployed()).allSatisfy(pom -> assertThat(pom.line()).allMatch(Pom::isDeployed));
    }

    @Test
    void each_library_has_sources_and_javadoc_and_is_signed() throws IOException {
        assertThat(deployed()).allSatisfy(pom -> {
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
