package dev.lossforge.runtime.internal.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes files so that they survive a power failure: nothing is renamed before it is on the disk. */
public final class DurableFiles {
    private DurableFiles() {}

    /** The content of a file. */
    @FunctionalInterface
    public interface Content {
        void writeTo(WritableByteChannel channel) throws IOException;
    }

    /**
     * Replaces {@code file} by a new one with this content; its folder must exist. Readers see either the complete old
     * file or the complete new one. An exception names the file and the reason.
     */
    public static void replace(Path file, Content content) throws IOException {
        if (Files.isDirectory(file)) {
            throw new FileSystemException(file.toString(), null, "Is a folder");
        }
        Path partial = partial(file);
        try {
            write(partial, content);
            rename(partial, file);
            force(folder(file));
        } catch (AccessDeniedException e) {
            throw new AccessDeniedException(file.toString());
        } catch (IOException e) {
            // The exception for a full disk names no file; others name the temporary one.
            throw new FileSystemException(file.toString(), null, reason(file, e));
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    private static String reason(Path file, IOException e) {
        if (!Files.isDirectory(folder(file))) {
            return "There is no folder " + folder(file);
        }
        String reason = e instanceof FileSystemException failed ? failed.getReason() : e.getMessage();
        return reason == null ? folder(file) + " takes no new files" : reason;
    }

    /** Replaces {@code file} by one with these bytes. */
    public static void replace(Path file, byte[] bytes) throws IOException {
        replace(file, channel -> {
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
        });
    }

    /** A name in the same folder that marks a file as incomplete. */
    public static Path partial(Path path) {
        return path.resolveSibling("." + path.getFileName() + "-" + UUID.randomUUID() + ".part");
    }

    /** Writes a new file and forces it to the disk. */
    public static void write(Path file, Content content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            content.writeTo(channel);
            channel.force(true);
        }
    }

    public static void rename(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            // Some network file systems cannot force; the content is complete anyway.
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Forces the names in a folder to the disk, if the system can open folders; Windows cannot. */
    public static void force(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // The files themselves are on the disk; only a rename may be lost if the power fails now.
        }
    }

    private static Path folder(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file : parent;
    }

    /**
     * Deletes a folder with its contents; links are deleted, not followed. Does nothing if the folder does not exist.
     */
    public static void delete(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            Files.deleteIfExists(path);
            return;
        }
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) throws IOException {
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
