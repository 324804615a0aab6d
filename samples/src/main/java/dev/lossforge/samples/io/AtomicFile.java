package dev.lossforge.samples.io;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Writes a file under a temporary name beside it and renames it, so that no reader ever meets half of one. */
public final class AtomicFile {
    private AtomicFile() {}

    /** Replaces {@code file} by {@code content}; its folder must exist. The exception names the file. */
    public static void write(Path file, byte[] content) throws IOException {
        // Not Files.createTempFile, whose files only their owner may read.
        Path partial = file.resolveSibling(".%s-%s.part".formatted(file.getFileName(), UUID.randomUUID()));
        try {
            Files.write(partial, content, StandardOpenOption.CREATE_NEW);
            rename(partial, file);
        } catch (AccessDeniedException e) {
            throw new AccessDeniedException(file.toString());
        } catch (IOException e) {
            // That of a full disk names no file, others name the temporary one.
            String reason = e instanceof FileSystemException failed ? failed.getReason() : e.getMessage();
            throw new FileSystemException(file.toString(), null, reason);
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
