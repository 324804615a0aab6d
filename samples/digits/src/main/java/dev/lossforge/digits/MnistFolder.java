package dev.lossforge.digits;

import dev.lossforge.runtime.data.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A folder with the four files, gzipped or not. */
record MnistFolder(Path path) {
    /** Reads all four; a folder may hold another set of the same form, such as Fashion-MNIST. */
    MnistFiles read() throws IOException {
        if (!Files.isDirectory(path)) {
            throw new DataException("%s is not a folder; give one with the four MNIST files.".formatted(path));
        }
        MnistFiles files = new MnistFiles();
        for (MnistFile file : MnistFile.values()) {
            Path found = find(file).orElseThrow(() -> missing(file));
            files.add(file, found.toString(), IdxReader.read(found, file.form()));
        }
        return files;
    }

    /** The file under the first of its names that exists. */
    Optional<Path> find(MnistFile file) {
        return file.names().stream()
                .map(path::resolve)
                .filter(Files::isRegularFile)
                .findFirst();
    }

    private DataException missing(MnistFile file) {
        List<String> missing = List.of(MnistFile.values()).stream()
                .filter(f -> find(f).isEmpty())
                .map(MnistFile::plainName)
                .toList();
        return new DataException(
                "The folder %s lacks %s; MNIST has %d files, each with or without .gz, and they are named as in %s."
                        .formatted(path, String.join(" and ", missing), MnistFile.values().length, file.gzippedName()));
    }
}
