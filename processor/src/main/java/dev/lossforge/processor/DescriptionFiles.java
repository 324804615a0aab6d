package dev.lossforge.processor;

import dev.lossforge.processor.describe.FormulaDescription;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.annotation.processing.Filer;
import javax.lang.model.element.Element;
import javax.tools.StandardLocation;
import org.jspecify.annotations.Nullable;

/**
 * Writes the descriptions of formulas next to the generated classes, one resource each, and an index with a line
 * {@code class formula} for each. A compilation of some of the sources adds to the existing index.
 */
final class DescriptionFiles {
    static final String INDEX = FormulaDescription.FOLDER + "index";

    private final Filer filer;
    private final SortedMap<String, String> formulas = new TreeMap<>();

    DescriptionFiles(Filer filer) {
        this.filer = filer;
    }

    void write(FormulaDescription description, @Nullable String comment, Element method) throws IOException {
        formulas.put(description.className(), description.formulaName());
        String json = description.json(comment == null ? "" : comment.strip());
        write(description.resource(), json, method);
    }

    /** Writes the index, if it has new entries. */
    void writeIndex() throws IOException {
        if (formulas.isEmpty()) {
            return;
        }
        SortedMap<String, String> all = new TreeMap<>();
        for (String line : presentIndex()) {
            String[] entry = line.split(" ", 2);
            if (entry.length == 2 && !formulas.containsKey(entry[0]) && isDescribed(entry[0])) {
                all.put(entry[0], entry[1]);
            }
        }
        all.putAll(formulas);
        String text = all.entrySet().stream()
                .map(e -> e.getKey() + " " + e.getValue() + "\n")
                .collect(Collectors.joining());
        write(INDEX, text);
    }

    private List<String> presentIndex() {
        try (InputStream in = open(INDEX);
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        } catch (IOException e) {
            return List.of(); // there is no index yet
        }
    }

    private boolean isDescribed(String className) {
        try (InputStream in = open(FormulaDescription.resource(className))) {
            return in.read() >= 0;
        } catch (IOException e) {
            return false; // its source is gone
        }
    }

    private InputStream open(String resource) throws IOException {
        return filer.getResource(StandardLocation.CLASS_OUTPUT, "", resource).openInputStream();
    }

    private void write(String resource, String text, Element... origins) throws IOException {
        try (OutputStream out = filer.createResource(StandardLocation.CLASS_OUTPUT, "", resource, origins)
                .openOutputStream()) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
