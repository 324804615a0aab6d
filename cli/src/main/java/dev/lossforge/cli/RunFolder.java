package dev.lossforge.cli;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.internal.files.DurableFiles;
import dev.lossforge.runtime.internal.files.FileProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The folder that receives the results of a run. It is made, and tried, before the run, so that hours of training are
 * not lost on a folder that cannot be written; if the run then leaves nothing in it, it disappears again with all that
 * was made for it.
 */
final class RunFolder implements AutoCloseable {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

    private final Path path;

    /** The folders that were made, the innermost first. */
    private final List<Path> made;

    private RunFolder(Path path, List<Path> made) {
        this.path = path;
        this.made = made;
    }

    /** The default: a new folder named after the present time, below {@code runs}. */
    static RunFolder ofNow(Path runs) {
        return ofNow(runs, "");
    }

    /** The same with a name that begins so. */
    static RunFolder ofNow(Path runs, String prefix) {
        String time = prefix + LocalDateTime.now(ZoneId.systemDefault()).format(TIME);
        Path folder = runs.resolve(time);
        for (int twin = 2; Files.exists(folder); twin++) {
            folder = runs.resolve(time + "-" + twin);
        }
        return of(folder);
    }

    /**
     * This folder.
     *
     * @throws ConfigurationException if it cannot be made, or cannot be written
     */
    static RunFolder of(Path path) {
        if (path.toString().isEmpty()) {
            throw new ConfigurationException("The name of the folder for the results is empty; name one with --out.");
        }
        List<Path> made = new ArrayList<>();
        for (Path p = path.toAbsolutePath(); p != null && Files.notExists(p); p = p.getParent()) {
            made.add(p);
        }
        RunFolder folder = new RunFolder(path, made);
        try {
            Files.createDirectories(path);
            Files.delete(Files.createTempFile(path, ".try", ""));
            // For Ctrl-C, which closes nothing.
            Runtime.getRuntime().addShutdownHook(new Thread(folder::close));
            return folder;
        } catch (IOException e) {
            folder.close();
            throw new ConfigurationException("The folder " + path + " for the results cannot be written: "
                    + FileProblem.in(path, e) + "; name another with --out.");
        }
    }

    Path path() {
        return path;
    }

    /** Writes a file whole, replacing one of this name. */
    void write(String name, byte[] content) throws IOException {
        DurableFiles.replace(path.resolve(name), content);
    }

    /** Removes the folders that were made, as far as they are empty. */
    @Override
    public void close() {
        for (Path folder : made) {
            try {
                Files.deleteIfExists(folder);
            } catch (IOException e) {
                return; // not empty, as it should be after a run, or in use by another run
            }
        }
    }
}
