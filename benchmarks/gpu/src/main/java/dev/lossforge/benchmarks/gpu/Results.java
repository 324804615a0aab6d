package dev.lossforge.benchmarks.gpu;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import tools.jackson.databind.json.JsonMapper;

/**
 * A file of one JSON object a line. A line is written when its result is there: a program that hangs later loses none.
 */
final class Results {
    private static final JsonMapper JSON = new JsonMapper();

    private final Path file;

    Results(Path file) {
        this.file = file;
    }

    /** Adds a line, and says on standard output what it is. */
    void add(Record result) {
        System.out.println(result);
        try {
            Files.writeString(
                    file, JSON.writeValueAsString(result) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
