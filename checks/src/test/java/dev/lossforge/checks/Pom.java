package dev.lossforge.checks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.xml.sax.SAXException;

/** A project of Maven. */
record Pom(Path file, Document document) {
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

    /** Neither it nor a parent forbids that. */
    boolean isDeployed() {
        return line().stream()
                .noneMatch(pom -> pom.text("properties/maven.deploy.skip").equals("true"));
    }

    boolean isLibrary() {
        return isDeployed() && !text("packaging").equals("pom");
    }

    /** This one, its parent, and so on. */
    List<Pom> line() {
        List<Pom> line = new ArrayList<>(List.of(this));
        if (!text("parent").isEmpty()) {
            String path = text("parent/relativePath");
            line.addAll(
                    at(file.resolveSibling(path.isEmpty() ? "../pom.xml" : path).normalize())
                            .line());
        }
        return line;
    }

    /** Those of the projects that {@code mvn deploy} deploys. */
    static List<Pom> deployed() throws IOException {
        return SourceTree.files().stream()
                .filter(file -> file.endsWith("pom.xml") && !file.toString().contains("/src/"))
                .map(Pom::at)
                .filter(Pom::isDeployed)
                .toList();
    }
}
