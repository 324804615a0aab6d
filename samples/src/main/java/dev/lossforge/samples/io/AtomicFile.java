package dev.lossforge.samples.io;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes a file under a temporary name beside it and renames it, so that no reader ever meets half of one. */
public final class AtomicFile {
    private AtomicFile() {}

    /** Replaces {@code file} by {@code content}; its folder must exist. */
    public static void write(Path file, byte[] content) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Path partial = Files.createTempFile(folder, "." + file.getFileName(), ".part");
        try {
            Files.write(partial, content);
            rename(partial, file);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    private static void rename(Path partial, Path file) throws IOException {
        try {
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            // Some network file systems; the content is complete all the same.
            Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
