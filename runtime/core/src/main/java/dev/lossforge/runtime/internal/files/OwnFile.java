package dev.lossforge.runtime.internal.files;

import dev.lossforge.runtime.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Protects what other programs wrote: a file is replaced only if it bears the mark of its kind. */
public final class OwnFile {
    private OwnFile() {}

    /** Recognizes a file that Lossforge wrote. */
    @FunctionalInterface
    public interface Mark {
        boolean isIn(Path file) throws IOException;
    }

    /**
     * Reports in advance why writing a file would fail or do harm. An empty file may be replaced.
     *
     * @param what the name of the file in messages, such as "log"
     * @throws ConfigurationException if the folder of the file does not exist or takes no files, or a file of this name
     *     is of another kind
     */
    public static void require(Path file, String what, Mark mark) {
        FileProblem.requireFolderOf(file, "The " + what);
        if (Files.isDirectory(file)) {
            throw new ConfigurationException(
                    "The " + what + " cannot be written to " + file + ", which is a folder; name a file.");
        }
        try {
            if (Files.exists(file) && Files.size(file) > 0 && !mark.isIn(file)) {
                throw new ConfigurationException("The file " + file + " was not written by Lossforge as such and is not"
                        + " replaced; name another file for the " + what + ".");
            }
        } catch (IOException e) {
            throw new ConfigurationException("The file " + file + " cannot be replaced by a " + what + ": "
                    + FileProblem.of(e) + "; name another file.");
        }
    }
}
