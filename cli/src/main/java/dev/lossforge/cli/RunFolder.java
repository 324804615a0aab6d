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
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The folder that receives the results of a run. It is created and tested before the run, so that an unwritable folder
 * does not cost hours of training. If the run leaves nothing in it, the folder and all parents created for it are
 * deleted. A file that Lossforge did not write is never replaced.
 */
final class RunFolder implements AutoCloseable {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

    private final Path path;

    /** The folders created for this run, innermost first. */
    private final List<Path> made;

    /** The files that belong to this run, which it may replace. */
    private final Set<String> written = new HashSet<>();

    private RunFolder(Path path, List<Path> made) {
        this.path = path;
        this.made = made;
    }

    /** The default: a new folder below {@code runs}, named after the current time. */
    static RunFolder ofNow(Path runs) {
        return ofNow(runs, "");
    }

    /** As {@link #ofNow(Path)}, with a prefix to the name. */
    static RunFolder ofNow(Path runs, String prefix) {
        String time = prefix + LocalDateTime.now(ZoneId.systemDefault()).format(TIME);
        Path folder = runs.resolve(time);
        for (int twin = 2; Files.exists(folder); twin++) {
            folder = runs.resolve(time + "-" + twin);
        }
        return of(folder);
    }

    /**
     * A given folder.
     *
     * @throws ConfigurationException if it cannot be created or written
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
            // On Ctrl-C, nothing else would close the folder.
            Runtime.getRuntime().addShutdownHook(new Thread(folder::close));
            return folder;
        } catch (IOException e) {
            folder.close();
            throw new ConfigurationException("The folder " + path + " for the results cannot be written: "
                    + FileProblem.in(path, e) + "; name another with --out.");
        }
    }

    /**
     * A given folder that must not contain any of these files.
     *
     * @throws ConfigurationException if one of them exists, whoever wrote it
     */
    static RunFolder without(Path path, Set<String> names) {
        for (String name : names) {
            if (Files.exists(path.resolve(name))) {
                throw new ConfigurationException("The folder " + path + " already has a file " + name
                        + ", which the results would replace; name another with --out, or continue a run with"
                        + " 'lossforge resume'.");
            }
        }
        return of(path);
    }

    /** The folder of a run that is resumed. The files with these names belong to it. */
    static RunFolder ofRun(Path path, Set<String> names) {
        RunFolder folder = of(path);
        folder.written.addAll(names);
        return folder;
    }

    Path path() {
        return path;
    }

    /**
     * Writes a complete file. An existing file of this name is replaced if Lossforge wrote it.
     *
     * @throws ConfigurationException if another program wrote it
     */
    void write(String name, byte[] content) throws IOException {
        Path file = path.resolve(name);
        if (!written.contains(name) && Files.exists(file) && !Signature.isIn(file)) {
            throw new ConfigurationException(
                    file + " was not written by Lossforge and was not changed; move it, or name another folder with"
                            + " --out.");
        }
        DurableFiles.replace(file, Signature.sign(name, content));
        written.add(name);
    }

    /** Deletes the created folders that are empty. */
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
