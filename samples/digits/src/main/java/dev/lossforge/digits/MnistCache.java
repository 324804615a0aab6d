package dev.lossforge.digits;

import dev.lossforge.runtime.internal.files.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The folder in which downloaded files are kept for the next run. */
record MnistCache(Path folder) {
    /** The platform's folder for caches. */
    static MnistCache ofUser() {
        return new MnistCache(
                folder(System.getenv(), System.getProperty("os.name", ""), System.getProperty("user.home", "")));
    }

    /** As {@link #ofUser}, for a given environment, operating system and home folder. */
    static Path folder(Map<String, String> environment, String operatingSystem, String home) {
        return caches(environment, operatingSystem.toLowerCase(Locale.ROOT), Path.of(home))
                .resolve("lossforge")
                .resolve("mnist");
    }

    private static Path caches(Map<String, String> environment, String operatingSystem, Path home) {
        Path xdg = Path.of(environment.getOrDefault("XDG_CACHE_HOME", ""));
        Path localAppData = Path.of(environment.getOrDefault("LOCALAPPDATA", ""));
        if (xdg.isAbsolute()) { // the specification says to ignore a relative path
            return xdg;
        }
        if (operatingSystem.startsWith("windows") && localAppData.isAbsolute()) {
            return localAppData;
        }
        if (!home.isAbsolute()) { // a container's user without a home: "?"
            return Path.of(System.getProperty("java.io.tmpdir"));
        }
        return operatingSystem.startsWith("mac") ? home.resolve("Library/Caches") : home.resolve(".cache");
    }

    Optional<Path> find(MnistFile file) {
        return new MnistFolder(folder).find(file);
    }

    /** Keeps a file as the mirror sent it. */
    Path store(MnistFile file, byte[] gzipped) throws IOException {
        Files.createDirectories(folder);
        Path stored = folder.resolve(file.gzippedName());
        DurableFiles.replace(stored, gzipped);
        return stored;
    }
}
