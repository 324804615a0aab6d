package dev.lossforge.runtime.internal.files;

import dev.lossforge.runtime.ConfigurationException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** Describes in words what the operating system refused, because exceptions of file systems name only the file. */
public final class FileProblem {
    private FileProblem() {}

    /**
     * The same for a folder, if the user does not know the file in it, such as "Read-only file system".
     *
     * @param folder the folder that the user knows
     */
    public static String in(Path folder, IOException e) {
        return switch (e) {
            case AccessDeniedException denied -> folder + " may not be written";
            case NoSuchFileException absent -> folder + " cannot be made";
            case FileSystemException failed when failed.getReason() != null -> failed.getReason();
            default -> of(e);
        };
    }

    /**
     * Reports in advance why writing a file later would fail.
     *
     * @param what the name of the file in messages, such as "The log"
     * @throws ConfigurationException if the folder of the file does not exist, or cannot be written
     */
    public static void requireFolderOf(Path file, String what) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new ConfigurationException(what + " " + file + " cannot be written, because there is no folder "
                    + (folder == null ? file : folder) + "; make it, or name a file elsewhere.");
        }
        try {
            // Permissions alone do not tell whether a file system takes files.
            Path probe = DurableFiles.partial(file);
            Files.createFile(probe);
            Files.delete(probe);
        } catch (IOException e) {
            throw new ConfigurationException(what + " " + file + " cannot be written, because " + folder
                    + " takes no new files; name a file elsewhere.");
        }
    }

    /** The problem as text, such as "/data may not be read or written". */
    public static String of(IOException e) {
        return switch (e) {
            case AccessDeniedException denied -> denied.getFile() + " may not be read or written";
            case FileAlreadyExistsException file -> file.getFile() + " is a file";
            case NoSuchFileException absent -> absent.getFile() + " does not exist";
            case NotDirectoryException file -> file.getFile() + " is not a folder";
            default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        };
    }
}
