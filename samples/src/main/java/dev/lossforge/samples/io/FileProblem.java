package dev.lossforge.samples.io;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** What the operating system refused, in words; the exceptions of file systems name the file alone. */
public final class FileProblem {
    private FileProblem() {}

    /** Such as "/data may not be read or written". */
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
